package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.node.NodeDroplet;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.StepProgress;
import io.temporal.failure.TemporalFailure;
import java.util.List;
import java.util.Optional;

/** Puts a proxy into service: it adopts the current members, probes each of them, then is published in DNS. */
final class ProxyAdmission implements TrafficAdmission {
    private final NodeContext run;
    private final NodeDroplet droplet;
    private final ProxyReadiness readiness;
    private final StepProgress progress;
    private boolean published;

    ProxyAdmission(NodeContext run, NodeDroplet droplet) {
        this.run = run;
        this.droplet = droplet;
        this.readiness = new ProxyReadiness(run);
        this.progress = run.progress();
    }

    /** Does nothing: the proxy's own Apache does not run yet. */
    @Override
    public void startDuringBoot(NodeName node) {}

    /** Does nothing: other runs write to ready proxies, but nothing of that outlives the droplet. */
    @Override
    public void prepare(Node node) {}

    @Override
    public boolean enter(Node node) {
        progress.begin(Step.JOIN_CLUSTER, "adopts the current members");
        progress.complete(readiness.adopt(node.name()));

        progress.begin(Step.RELOAD_PROXY, node.name().value());
        progress.complete(readiness.reload(node.name()));

        List<NodeStatus> members = readiness.membersOf(node.name());
        if (members.isEmpty()) {
            return staysReady();
        }
        progress.begin(Step.PROBATION, "pinned requests to every member");
        progress.complete(readiness.probe(node.name(), members));

        openReady(members);
        readiness.adopt(node.name());

        progress.begin(Step.UPDATE_DNS, run.file().serviceName());
        run.undo().add(Step.UPDATE_DNS, "the record of %s".formatted(node.name()), () -> withdraw(node));
        String says = readiness.publish(node);
        published = true;
        says += readiness.compare(node.name());
        droplet.mark(NodeState.IN_SERVICE);
        readiness.adopt(node.name());
        progress.complete(says);
        return true;
    }

    /** Once the proxy was published, the guard counts it as any other: the others may have been withdrawn meanwhile. */
    private String withdraw(Node node) {
        try {
            return ActivityStubs.dns(run.patience().rollback(), "roll back: update DNS")
                    .withdraw(run.recordOf(
                            node, published ? run.file().role(node.role()).minimum() : 0))
                    .says();
        } catch (TemporalFailure failure) {
            droplet.stayInServiceIfGuarded(failure, NodeState.READY);
            throw failure;
        }
    }

    @Override
    public boolean mayHaveUnpublishedProxies() {
        return true;
    }

    /** Opens the app servers that were ready before the first proxy, now that they are probed. */
    private void openReady(List<NodeStatus> members) {
        for (NodeStatus member : members) {
            if (member.isIn(NodeState.READY)) {
                open(member);
            }
        }
    }

    private void open(NodeStatus member) {
        NodeRef ref = member.ref();
        run.undo().add(Step.JOIN_CLUSTER, "%s tagged in service".formatted(ref.name()), () -> revertToReady(ref));
        ActivityStubs.membership(run.patience().heartbeating(), "open %s to all".formatted(ref.name()))
                .open(run.memberOrder(member.node().orElseThrow()), true);
        mark(ref, NodeState.READY, NodeState.IN_SERVICE);
    }

    /** Marks the member ready again, unless another proxy serves it meanwhile. */
    private String revertToReady(NodeRef member) {
        if (droplet.staysInService()) {
            return "%s stays in service on this proxy".formatted(member.name());
        }
        List<NodeStatus> nodes = readiness.nodes();
        boolean inService = nodes.stream()
                .filter(status -> status.isIn(NodeState.IN_SERVICE))
                .anyMatch(status -> status.ref().name().equals(member.name()));
        if (!inService) {
            return "%s is no longer in service".formatted(member.name());
        }
        boolean other = nodes.stream()
                .filter(status -> status.isIn(NodeState.IN_SERVICE))
                .filter(status -> status.ref().role().facesClients())
                .anyMatch(status -> droplet.node().stream()
                        .noneMatch(own -> own.name().equals(status.ref().name())));
        if (other) {
            return "%s stays in service on another proxy".formatted(member.name());
        }
        try {
            mark(member, NodeState.IN_SERVICE, NodeState.READY);
        } catch (TemporalFailure failure) {
            if (EndReason.of(failure).type().equals(Optional.of(FailureType.CLOUD_REFUSED))) {
                return "%s no longer belongs to this run: %s"
                        .formatted(member.name(), EndReason.of(failure).sentence());
            }
            throw failure;
        }
        return "%s is ready again, not in service".formatted(member.name());
    }

    private void mark(NodeRef ref, NodeState from, NodeState to) {
        ActivityStubs.cloud(run.patience().shortCall(), "%s is %s".formatted(ref.name(), to.word()))
                .markNode(ref, to, from);
    }

    private boolean staysReady() {
        progress.skip(Step.PROBATION, "no member yet");
        progress.skip(Step.UPDATE_DNS, "a proxy without members is never published: ready, not in service");
        return false;
    }
}
