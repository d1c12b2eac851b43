package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.check.CheckSpec;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.cluster.BakeSpec;
import dev.sluice.workflows.model.cluster.NodeFile;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.NodeEvidence;
import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Steps on a node, over SSH. */
@ActivityInterface(namePrefix = "Node.")
public interface NodeActivities {
    /**
     * Makes the clone unique and configured: host identity verified, host name, machine-id, own host key signed, files
     * written, services started. A named remote job; a second call polls it. Fails with HOST_IDENTITY,
     * NODE_UNREACHABLE, COMMAND_FAILED or SECRET_MISSING.
     */
    BootReport firstBoot(FirstBootOrder order);

    /** Inspects the node and judges the answers. Fails only with NODE_UNREACHABLE or HOST_IDENTITY. */
    Verdict inspect(InspectOrder order);

    /**
     * Logs in on the node, verifies its host key, and returns its clock and the files that differ from their current
     * rendering. Fails with NODE_UNREACHABLE, HOST_IDENTITY or SECRET_MISSING.
     */
    NodePingReport greet(FirstBootOrder configured);

    /** Returns the last lines of the node's logs, redacted and limited. An unreadable log has the reason instead. */
    NodeEvidence collectEvidence(Node node);

    /** Writes the bake's files and runs its recipe as a named remote job; returns the manifest's digest. */
    Sha256Digest runRecipe(RecipeOrder order);

    /** Removes what no template may contain: host keys, secrets, logs, history, machine-id, authorised keys. */
    void cleanUp(Node node);

    /**
     * The input of first boot.
     *
     * @param values what file templates may use beside the node's own: strings only, such as {@code domain}
     * @param members name to private address:port of the current members, for a proxy's files
     */
    record FirstBootOrder(
            Node node,
            List<NodeFile> files,
            List<String> services,
            Map<String, String> values,
            Map<String, String> members) {
        public FirstBootOrder {
            files = List.copyOf(files);
            services = List.copyOf(services);
            values = Map.copyOf(values);
            members = Map.copyOf(members);
        }
    }

    /**
     * A node's answer.
     *
     * @param clock how far its clock is ahead of the worker's, in milliseconds
     * @param changed paths of files that were changed or removed manually, or that the cluster file has changed since
     */
    record NodePingReport(NodeName node, long clock, List<String> changed) {
        public NodePingReport {
            changed = List.copyOf(changed);
        }
    }

    /** The result of first boot. */
    record BootReport(int filesWritten, List<String> servicesStarted, String says) {
        public BootReport {
            servicesStarted = List.copyOf(servicesStarted);
        }
    }

    /**
     * The input of the gate: the same files as at first boot, to compare their digests.
     *
     * @param siblings nodes of the role in service, whose facts are compared
     * @param pause before the inspection; empty for none. A timer of Temporal's server may fire a second late
     * @param health the proxies' health check of an app server; the gate sends the same request
     */
    record InspectOrder(
            Node node,
            Template template,
            CheckSpec checks,
            FirstBootOrder configured,
            List<Node> siblings,
            Optional<Duration> pause,
            Optional<HealthRequest> health) {
        public InspectOrder {
            siblings = List.copyOf(siblings);
        }

        public InspectOrder withPause(Duration time) {
            return new InspectOrder(node, template, checks, configured, siblings, Optional.of(time), health);
        }
    }

    /** What a proxy's health check asks for at the private address, by that address as its host. */
    record HealthRequest(int port, String path) {}

    /** The input of a bake's recipe. */
    record RecipeOrder(Node node, BakeSpec bake, Map<String, String> values) {
        public RecipeOrder {
            values = Map.copyOf(values);
        }
    }
}
