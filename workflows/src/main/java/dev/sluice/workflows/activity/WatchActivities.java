package dev.sluice.workflows.activity;

import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.activity.NodeActivities.HealthRequest;
import dev.sluice.workflows.activity.ProxyActivities.ProxyFindings;
import dev.sluice.workflows.activity.TruthActivities.AddressAnswer;
import dev.sluice.workflows.activity.TruthActivities.VisitOrder;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckSpec;
import dev.sluice.workflows.model.check.HealthSpec;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.NodeFile;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at a cluster that serves. Changes nothing; one activity for many nodes keeps the histories small. */
@ActivityInterface(namePrefix = "Watch.")
public interface WatchActivities {
    /**
     * Looks at nodes of one role, side by side, with one round trip each, and compares them with each other. A node that does
     * not answer is part of the result, not a failure.
     */
    List<NodeLook> lookAtNodes(NodeLookOrder order);

    /** Looks at the proxies, through each at each of its members, and at the published addresses, as clients see them. */
    ServiceLook lookAtService(ServiceLookOrder order);

    /**
     * The nodes of one role and what they must be.
     *
     * @param files whose content stays the same after the first boot
     * @param values what file templates may use beside the node's own
     * @param health what the proxies ask an app server; empty for a proxy
     */
    record NodeLookOrder(
            List<Node> nodes,
            CheckSpec checks,
            List<NodeFile> files,
            List<String> services,
            Map<String, String> values,
            Optional<HealthRequest> health) {
        public NodeLookOrder {
            nodes = List.copyOf(nodes);
            files = List.copyOf(files);
            services = List.copyOf(services);
            values = Map.copyOf(values);
        }
    }

    /**
     * What one node looked like.
     *
     * @param silent why it did not answer the worker, which says nothing against it
     * @param ok number of checks that passed
     * @param results those that did not pass
     */
    record NodeLook(NodeName node, Optional<String> silent, int ok, List<CheckResult> results) {
        public NodeLook {
            results = List.copyOf(results);
        }
    }

    /** The cluster, the port of its proxies for clients, and what a client asks for. */
    record ServiceLookOrder(ClusterName cluster, int port, VisitOrder visit) {}

    /**
     * What the service looked like.
     *
     * @param unknown what could not be asked, with the reason
     */
    record ServiceLook(
            List<ProxyFindings> proxies,
            List<ProxyMembers> members,
            List<PinnedAnswer> pinned,
            List<AddressAnswer> visits,
            List<String> unknown) {
        public ServiceLook {
            proxies = List.copyOf(proxies);
            members = List.copyOf(members);
            pinned = List.copyOf(pinned);
            visits = List.copyOf(visits);
            unknown = List.copyOf(unknown);
        }
    }

    /**
     * The answer to one request through a proxy, pinned to a member.
     *
     * @param status of HTTP; 0 if there was no answer
     * @param answered the member that answered; empty if none did
     */
    record PinnedAnswer(NodeName proxy, NodeName member, int status, int millis, String answered) {
        /** Whether the member itself gave a good answer. */
        public boolean answersWell() {
            return answered.equals(member.value()) && HealthSpec.isGood(status);
        }

        /** The answer in words, such as {@code through hello-proxy-5hnx it answers 500 after 12 ms}. */
        public String describe() {
            if (status == 0) {
                return "through %s it does not answer within 3 s".formatted(proxy);
            }
            return answered.equals(member.value())
                    ? "through %s it answers %d after %d ms".formatted(proxy, status, millis)
                    : "%s does not pass requests on to it, and answers %d".formatted(proxy, status);
        }
    }
}
