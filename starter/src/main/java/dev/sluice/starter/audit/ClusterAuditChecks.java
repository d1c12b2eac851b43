package dev.sluice.starter.audit;

import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import java.util.List;
import java.util.Optional;

/** Checks the final report of a node's run against the cluster's current state. */
final class ClusterAuditChecks {
    static final String DONE = "its result is confirmed by the current state";
    static final String NOTHING = "left nothing behind";
    static final String AS_BEFORE = "the restored state is confirmed by the current state";

    private final ClusterSnapshot cluster;
    private final NodeRef ref;
    private final Optional<Ipv4Address> address;

    ClusterAuditChecks(ClusterSnapshot cluster, NodeRef ref, Optional<Ipv4Address> address) {
        this.cluster = cluster;
        this.ref = ref;
        this.address = address;
    }

    /** Checks a deployment. Without a report it was ended from outside, and must have left nothing behind. */
    AuditCheck checkDeploy(Optional<NodeReport> report, boolean keepsFailed) {
        RunOutcome outcome = report.map(NodeReport::outcome).orElse(RunOutcome.NOT_RESTORED);
        if (outcome == RunOutcome.DONE) {
            return serves(cluster.node(ref.name()));
        }
        Optional<NodeState> state = cluster.node(ref.name()).flatMap(NodeStatus::state);
        if (keepsFailed && state.equals(Optional.of(NodeState.QUARANTINE))) {
            return AuditCheck.doesNotApply(
                    NOTHING,
                    "the node is kept by --keep-failed, out of traffic: see keep/%s/%s"
                            .formatted(ref.cluster(), ref.name()));
        }
        return nothingLeft(report.map(NodeReport::leftBehind).orElse(List.of()));
    }

    AuditCheck checkRetire(Optional<NodeReport> report) {
        RunOutcome outcome = report.map(NodeReport::outcome).orElse(RunOutcome.NOT_RESTORED);
        if (outcome == RunOutcome.RESTORED || outcome == RunOutcome.REFUSED || outcome == RunOutcome.REJECTED) {
            Optional<NodeState> state = cluster.node(ref.name()).flatMap(NodeStatus::state);
            String evidence =
                    "%s is %s".formatted(ref.name(), state.map(NodeState::word).orElse("missing"));
            return state.isPresent() && state.get() != NodeState.LEAVING
                    ? AuditCheck.kept(AS_BEFORE, evidence)
                    : AuditCheck.broken(AS_BEFORE, evidence);
        }
        return nothingLeft(report.map(NodeReport::leftBehind).orElse(List.of()));
    }

    private AuditCheck nothingLeft(List<String> reported) {
        List<String> remains = cluster.findRemains(ref, address);
        String then = reported.isEmpty() ? "" : "; reported as left behind: " + String.join("; ", reported);
        if (!remains.isEmpty()) {
            return AuditCheck.broken(NOTHING, "still exists: %s%s".formatted(String.join(", ", remains), then));
        }
        return cluster.unread().isEmpty()
                ? AuditCheck.kept(NOTHING, "no droplet, member file, record or run tag" + then)
                : AuditCheck.unknown(NOTHING, String.join("; ", cluster.unread()));
    }

    private AuditCheck serves(Optional<NodeStatus> found) {
        Optional<NodeState> state = found.flatMap(NodeStatus::state);
        if (state.equals(Optional.of(NodeState.READY))) {
            return AuditCheck.kept(DONE, "%s is ready, and waits for the cluster's other role".formatted(ref.name()));
        }
        if (!state.equals(Optional.of(NodeState.IN_SERVICE))) {
            return AuditCheck.broken(
                    DONE,
                    "%s is %s, expected in service"
                            .formatted(ref.name(), state.map(NodeState::word).orElse("missing")));
        }
        List<String> missing = ref.role().isMember() ? cluster.proxiesWithout(ref.name()) : unpublished();
        if (!cluster.unread().isEmpty()) {
            return AuditCheck.unknown(DONE, String.join("; ", cluster.unread()));
        }
        return missing.isEmpty()
                ? AuditCheck.kept(DONE, "%s is in service, %s".formatted(ref.name(), where()))
                : AuditCheck.broken(DONE, "missing: %s".formatted(String.join(", ", missing)));
    }

    private List<String> unpublished() {
        return address.filter(cluster::served).isPresent()
                ? List.of()
                : List.of("its record at the API and the name server");
    }

    private String where() {
        return ref.role().isMember()
                ? "a member on %s".formatted(String.join(", ", proxies()))
                : "its record exists at the API and at the name server";
    }

    private List<String> proxies() {
        return cluster.cluster().proxies().stream()
                .map(proxy -> proxy.proxy())
                .map(NodeName::value)
                .toList();
    }
}
