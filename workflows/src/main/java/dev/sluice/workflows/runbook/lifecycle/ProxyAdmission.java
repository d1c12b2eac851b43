package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.node.DropletLifecycle;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.StepProgress;
import io.temporal.failure.TemporalFailure;
import java.util.List;
import java.util.Optional;

/** A proxy's way into service: it takes the members there are, proves each of them, then enters DNS. */
final class ProxyAdmission implements TrafficAdmission {
    private final NodeContext run;
    private final DropletLifecycle machine;
    private final ProxyReadiness proof;
    private final StepProgress progress;

    ProxyAdmission(NodeContext run, DropletLifecycle machine) {
        this.run = run;
        this.machine = machine;
        this.proof = new ProxyReadiness(run);
        this.progress = run.progress();
    }

    /** Its own Apache is not there yet. */
    @Override
    public void startDuringBoot(NodeName node) {}

    /** Ready proxies are written to by others, but nothing of that outlives the machine. */
    @Override
    public void prepare(Node node) {}

    @Override
    public boolean enter(Node node) {
        progress.begin(Step.JOIN_CLUSTER, "takes the members there are");
        progress.complete(proof.adopt(node.name()));

        progress.begin(Step.RELOAD_PROXY, node.name().value());
        progress.complete(proof.reload(node.name()));

        List<NodeStatus> members = proof.membersOf(node.name());
        if (members.isEmpty()) {
            return staysReady();
        }
        progress.begin(Step.PROBATION, "pinned requests to every member");
        progress.complete(proof.probe(node.name(), members));

        openReady(members);
        proof.adopt(node.name());

        progress.begin(Step.UPDATE_DNS, run.file().serviceName());
        run.undo()
                .add(
                        Step.UPDATE_DNS,
                        "the record of %s".formatted(node.name()),
                        () -> ActivityStubs.dns(run.patience().takeBack(), "take back: update DNS")
                                .withdraw(run.recordOf(node, 0))
                                .says());
        String published = proof.publish(node) + proof.compare(node.name());
        machine.mark(NodeState.IN_SERVICE);
        proof.adopt(node.name());
        progress.complete(published);
        return true;
    }

    @Override
    public boolean mayHaveUnpublishedProxies() {
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
        run.undo().add(Step.JOIN_CLUSTER, "%s tagged in service".formatted(ref.name()), () -> revertToReady(ref));
        ActivityStubs.membership(run.patience().steady(), "open %s to all".formatted(ref.name()))
                .open(run.memberOrder(member.node().orElseThrow()), true);
        mark(ref, NodeState.READY, NodeState.IN_SERVICE);
    }

    /** Only if no other proxy has taken it meanwhile: what another one serves is not this run's any more. */
    private String revertToReady(NodeRef member) {
        List<NodeStatus> nodes = proof.nodes();
        boolean inService = ProxyReadiness.withState(nodes, NodeState.IN_SERVICE).stream()
                .anyMatch(status -> status.ref().name().equals(member.name()));
        if (!inService) {
            return "%s is not in service any more".formatted(member.name());
        }
        boolean other = ProxyReadiness.withState(nodes, NodeState.IN_SERVICE).stream()
                .filter(status -> status.ref().role().facesClients())
                .anyMatch(status -> machine.node().stream()
                        .noneMatch(own -> own.name().equals(status.ref().name())));
        if (other) {
            return "%s stays in service on another proxy".formatted(member.name());
        }
        try {
            mark(member, NodeState.IN_SERVICE, NodeState.READY);
        } catch (TemporalFailure failure) {
            if (EndReason.of(failure).type().equals(Optional.of(FailureType.CLOUD_REFUSED))) {
                return "%s is not this run's any more: %s"
                        .formatted(member.name(), EndReason.of(failure).sentence());
            }
            throw failure;
        }
        return "%s is ready again, not in service".formatted(member.name());
    }

    private void mark(NodeRef ref, NodeState from, NodeState to) {
        ActivityStubs.cloud(run.patience().brief(), "%s is %s".formatted(ref.name(), to.word()))
                .markNode(ref, to, from);
    }

    private boolean staysReady() {
        progress.skip(Step.PROBATION, "no member yet");
        progress.skip(Step.UPDATE_DNS, "a proxy without members is never published: ready, not in service");
        return false;
    }
}
