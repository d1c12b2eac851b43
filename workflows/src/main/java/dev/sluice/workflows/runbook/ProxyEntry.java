package dev.sluice.workflows.runbook;

import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.Step;
import io.temporal.failure.TemporalFailure;
import java.util.List;
import java.util.Optional;

/** A proxy's way into service: it takes the members there are, proves each of them, then enters DNS. */
final class ProxyEntry implements Entry {
    private final NodeRun run;
    private final Machine machine;
    private final ProxyProof proof;
    private final Progress progress;

    ProxyEntry(NodeRun run, Machine machine) {
        this.run = run;
        this.machine = machine;
        this.proof = new ProxyProof(run);
        this.progress = run.progress();
    }

    /** Its own Apache is not there yet. */
    @Override
    public void whileItBoots(NodeName node) {}

    /** Ready proxies are written to by others, but nothing of that outlives the machine. */
    @Override
    public void prepare(Node node) {}

    @Override
    public boolean enter(Node node) {
        progress.begin(Step.JOIN_CLUSTER, "takes the members there are");
        progress.done(proof.adopt(node.name()));

        progress.begin(Step.RELOAD_PROXY, node.name().value());
        progress.done(proof.reload(node.name()));

        List<NodeStatus> members = proof.membersOf(node.name());
        if (members.isEmpty()) {
            return staysReady();
        }
        progress.begin(Step.PROBATION, "pinned requests to every member");
        progress.done(proof.probe(node.name(), members));

        openReady(members);
        proof.adopt(node.name());

        progress.begin(Step.UPDATE_DNS, run.file().serviceName());
        run.undo()
                .with(
                        Step.UPDATE_DNS,
                        "the record of %s".formatted(node.name()),
                        () -> Reach.dns(run.patience().takeBack(), "take back: update DNS")
                                .withdraw(run.recordOf(node, 0))
                                .says());
        String published = proof.publish(node) + proof.compare(node.name());
        machine.mark(NodeState.IN_SERVICE);
        proof.adopt(node.name());
        progress.done(published);
        return true;
    }

    @Override
    public boolean othersMayWait() {
        return true;
    }

    /** App servers that were there before any proxy wait for the first one: now they are proven. */
    private void openReady(List<NodeStatus> members) {
        for (NodeStatus member : members) {
            if (member.state().equals(Optional.of(NodeState.READY))) {
                open(member);
            }
        }
    }

    private void open(NodeStatus member) {
        NodeRef ref = member.ref();
        run.undo().with(Step.JOIN_CLUSTER, "%s tagged in service".formatted(ref.name()), () -> closeAgain(ref));
        Reach.membership(run.patience().steady(), "open %s to all".formatted(ref.name()))
                .open(run.memberOrder(member.node().orElseThrow()), true);
        mark(ref, NodeState.READY, NodeState.IN_SERVICE);
    }

    /** Only if no other proxy has taken it meanwhile: what another one serves is not this run's any more. */
    private String closeAgain(NodeRef member) {
        List<NodeStatus> nodes = proof.nodes();
        boolean inService = ProxyProof.in(nodes, NodeState.IN_SERVICE).stream()
                .anyMatch(status -> status.ref().name().equals(member.name()));
        if (!inService) {
            return "%s is not in service any more".formatted(member.name());
        }
        boolean other = ProxyProof.in(nodes, NodeState.IN_SERVICE).stream()
                .filter(status -> status.ref().role() == Role.PROXY)
                .anyMatch(status -> machine.node().stream()
                        .noneMatch(own -> own.name().equals(status.ref().name())));
        if (other) {
            return "%s stays in service on another proxy".formatted(member.name());
        }
        try {
            mark(member, NodeState.IN_SERVICE, NodeState.READY);
        } catch (TemporalFailure failure) {
            if (Reason.of(failure).type().equals(Optional.of(FailureType.CLOUD_REFUSED))) {
                return "%s is not this run's any more: %s"
                        .formatted(member.name(), Reason.of(failure).sentence());
            }
            throw failure;
        }
        return "%s is ready again, not in service".formatted(member.name());
    }

    private void mark(NodeRef ref, NodeState from, NodeState to) {
        Reach.cloud(run.patience().brief(), "%s is %s".formatted(ref.name(), to.word()))
                .markNode(ref, to, from);
    }

    private boolean staysReady() {
        progress.notNeeded(Step.PROBATION, "no member yet");
        progress.notNeeded(Step.UPDATE_DNS, "a proxy without members is never published: ready, not in service");
        return false;
    }
}
