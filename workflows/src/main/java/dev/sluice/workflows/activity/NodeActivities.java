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

/** What is done on a node, over SSH. */
@ActivityInterface(namePrefix = "Node.")
public interface NodeActivities {
    /**
     * Makes the clone unique and configured: host identity proven, host name, machine-id, own host key signed, files
     * written, services up. A named remote job: a second call asks the job. Fails with HOST_IDENTITY, NODE_UNREACHABLE,
     * COMMAND_FAILED or SECRET_MISSING.
     */
    BootReport firstBoot(FirstBootOrder order);

    /** One look at the node, judged. Fails only if the node cannot be asked at all (NODE_UNREACHABLE, HOST_IDENTITY). */
    Verdict inspect(InspectOrder order);

    /**
     * Whether the node proves who it is and lets the worker in, what its clock says, and which files are not what they
     * are rendered to now. Fails with NODE_UNREACHABLE, HOST_IDENTITY or SECRET_MISSING.
     */
    NodePingReport greet(FirstBootOrder configured);

    /** The last lines of what happened on the node, redacted and limited; what cannot be read is said in its piece. */
    NodeEvidence collectEvidence(Node node);

    /** Puts the bake's files there and runs its recipe as a named remote job; answers the manifest's digest. */
    Sha256Digest runRecipe(RecipeOrder order);

    /** Removes what must not be in a template: host keys, secrets, logs, history, machine-id, authorised keys. */
    void cleanUp(Node node);

    /**
     * What first boot needs.
     *
     * @param values what file templates may use beside the node's own: strings only, such as {@code domain}
     * @param members name to private address:port of the members there are, for a proxy's files
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
     * What a node answered.
     *
     * @param clock how far its clock is ahead of the worker's, in milliseconds
     * @param changed paths of files that another hand changed or took away, or that the cluster file has changed since
     */
    record NodePingReport(NodeName node, long clock, List<String> changed) {
        public NodePingReport {
            changed = List.copyOf(changed);
        }
    }

    /** What first boot did. */
    record BootReport(int filesWritten, List<String> servicesStarted, String says) {
        public BootReport {
            servicesStarted = List.copyOf(servicesStarted);
        }
    }

    /**
     * What the gate needs: the same files as at first boot, to compare digests with.
     *
     * @param siblings nodes of the role in service, whose facts are asked for and compared with
     * @param pause before it is asked: a timer of Temporal's server may come a second late. Empty in the orders of runs that
     *     began before there was this.
     */
    record InspectOrder(
            Node node,
            Template template,
            CheckSpec checks,
            FirstBootOrder configured,
            List<Node> siblings,
            Optional<Duration> pause) {
        public InspectOrder {
            siblings = List.copyOf(siblings);
        }

        public InspectOrder withPause(Duration time) {
            return new InspectOrder(node, template, checks, configured, siblings, Optional.of(time));
        }
    }

    /** What a bake needs. */
    record RecipeOrder(Node node, BakeSpec bake, Map<String, String> values) {
        public RecipeOrder {
            values = Map.copyOf(values);
        }
    }
}
