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

/** What the world says now of what a node's run said at its end. */
final class ClusterAuditChecks {
    static final String DONE = "what it called done is so, read again";
    static final String NOTHING = "nothing is left of it";
    static final String AS_BEFORE = "what it called as before is so, read again";

    private final ClusterSnapshot world;
    private final NodeRef ref;
    private final Optional<Ipv4Address> address;

    ClusterAuditChecks(ClusterSnapshot world, NodeRef ref, Optional<Ipv4Address> address) {
        this.world = world;
        this.ref = ref;
        this.address = address;
    }

    /** Of a deploy that ended so; without a report it was ended from outside, and owes that nothing is left. */
    AuditCheck checkDeploy(Optional<NodeReport> report, boolean keepsFailed) {
        RunOutcome outcome = report.map(NodeReport::outcome).orElse(RunOutcome.NOT_RESTORED);
        if (outcome == RunOutcome.DONE) {
            return serves(world.node(ref.name()));
        }
        Optional<NodeState> state = world.node(ref.name()).flatMap(NodeStatus::state);
        if (keepsFailed && state.equals(Optional.of(NodeState.QUARANTINE))) {
            return AuditCheck.doesNotApply(
                    NOTHING,
                    "it is kept on purpose, out of traffic: see keep/%s/%s".formatted(ref.cluster(), ref.name()));
        }
        return nothingLeft(report.map(NodeReport::leftBehind).orElse(List.of()));
    }

    AuditCheck checkRetire(Optional<NodeReport> report) {
        RunOutcome outcome = report.map(NodeReport::outcome).orElse(RunOutcome.NOT_RESTORED);
        if (outcome == RunOutcome.RESTORED || outcome == RunOutcome.REFUSED || outcome == RunOutcome.REJECTED) {
            Optional<NodeState> state = world.node(ref.name()).flatMap(NodeStatus::state);
            String evidence =
                    "%s is %s".formatted(ref.name(), state.map(NodeState::word).orElse("not there"));
            return state.isPresent() && state.get() != NodeState.LEAVING
                    ? AuditCheck.kept(AS_BEFORE, evidence)
                    : AuditCheck.broken(AS_BEFORE, evidence);
        }
        return nothingLeft(report.map(NodeReport::leftBehind).orElse(List.of()));
    }

    private AuditCheck nothingLeft(List<String> named) {
        List<String> things = world.findRemains(ref, address);
        String then = named.isEmpty() ? "" : "; it said it left: " + String.join("; ", named);
        if (!things.isEmpty()) {
            return AuditCheck.broken(NOTHING, "there still is %s%s".formatted(String.join(", ", things), then));
        }
        return world.unread().isEmpty()
                ? AuditCheck.kept(NOTHING, "no droplet, no member's file, no record, no run tag" + then)
                : AuditCheck.unknown(NOTHING, String.join("; ", world.unread()));
    }

    private AuditCheck serves(Optional<NodeStatus> found) {
        Optional<NodeState> state = found.flatMap(NodeStatus::state);
        if (state.equals(Optional.of(NodeState.READY))) {
            return AuditCheck.kept(
                    DONE, "%s is ready, waiting for the other half of the cluster".formatted(ref.name()));
        }
        if (!state.equals(Optional.of(NodeState.IN_SERVICE))) {
            return AuditCheck.broken(
                    DONE,
                    "%s is %s, expected in service"
                            .formatted(ref.name(), state.map(NodeState::word).orElse("not there")));
        }
        List<String> missing = ref.role().isMember() ? world.proxiesWithout(ref.name()) : unpublished();
        if (!world.unread().isEmpty()) {
            return AuditCheck.unknown(DONE, String.join("; ", world.unread()));
        }
        return missing.isEmpty()
                ? AuditCheck.kept(DONE, "%s is in service, %s".formatted(ref.name(), where()))
                : AuditCheck.broken(DONE, "it is missing: %s".formatted(String.join(", ", missing)));
    }

    private List<String> unpublished() {
        return address.filter(world::served).isPresent() ? List.of() : List.of("its record at the API and the server");
    }

    private String where() {
        return ref.role().isMember()
                ? "a member on %s".formatted(String.join(", ", proxies()))
                : "its record is at the API and served";
    }

    private List<String> proxies() {
        return world.cluster().proxies().stream()
                .map(proxy -> proxy.proxy())
                .map(NodeName::value)
                .toList();
    }
}
