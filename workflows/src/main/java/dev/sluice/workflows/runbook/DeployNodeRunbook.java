package dev.sluice.workflows.runbook;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.activity.CloudActivities.CloneOrder;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodePlan;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.RoleSpec;
import dev.sluice.workflows.model.Step;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See docs/runbooks/deploy-node.md: a numbered step there is a paragraph of {@link #deploy} here. */
final class DeployNodeRunbook implements DeployNode {
    private record Decision(boolean approved, String sentence) {}

    private final Patience patience;
    private final Progress progress = new Progress();
    private final Undo undo = new Undo(progress);
    private @Nullable NodeEnding ending;
    private @Nullable Decision decision;

    DeployNodeRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public NodeReport run(NodePlan plan) {
        NodeRef ref = NodeRefs.ofThisRun(plan.ref());
        Machine machine = new Machine(ref, patience, undo);
        Gate gate = new Gate(plan, patience, progress);
        NodeEnding end = new NodeEnding(ref, progress, undo, machine, gate);
        ending = end;
        try {
            return end.done(deploy(plan, ref, machine, gate));
        } catch (TemporalFailure failure) {
            throw end.failed(failure);
        }
    }

    private String deploy(NodePlan plan, NodeRef ref, Machine machine, Gate gate) {
        NodeRun run = new NodeRun(plan.file(), plan.withoutProxies(), patience, progress, undo);
        Entry entry = entry(ref, run, machine);

        Node node = cloneNode(plan, ref, machine);

        entry.whileItBoots(node.name());
        FirstBootOrder configured = new FirstBoot(run).of(node);

        gate.pass(node, configured);
        entry.prepare(node);
        machine.mark(NodeState.READY);

        if (plan.approveAfterGate()) {
            waitForApproval(node);
        }
        if (gate.isStale()) {
            gate.pass(node, configured);
        }

        if (!entry.enter(node)) {
            return "%s is ready, not in service: %s".formatted(node.name(), missingHalf(ref));
        }
        List<String> says = new ArrayList<>(List.of("%s is in service".formatted(node.name())));
        if (entry.othersMayWait()) {
            says.addAll(new WaitingProxies(run).finish());
        }
        return String.join("; ", says) + ".";
    }

    private Node cloneNode(NodePlan plan, NodeRef ref, Machine machine) {
        RoleSpec spec = plan.file().role(ref.role());
        CloneOrder order = new CloneOrder(
                ref,
                plan.file().region(),
                spec.size(),
                plan.template().image(),
                plan.file().vpc(),
                plan.file().sshKeys());
        String summary =
                "clone %s from %s".formatted(ref.name(), plan.template().name());
        progress.begin(Step.CLONE, "from %s".formatted(plan.template().name()));
        Node node = machine.create(
                () -> Reach.cloud(patience.create(), summary).createDroplet(order), order, () -> goAway(plan, machine));
        progress.done("droplet %s, %s".formatted(node.droplet(), node.privateAddress()));
        return node;
    }

    private static Entry entry(NodeRef ref, NodeRun run, Machine machine) {
        return switch (ref.role()) {
            case APP -> new AppEntry(run, machine);
            case PROXY -> new ProxyEntry(run, machine);
        };
    }

    private static String missingHalf(NodeRef ref) {
        return switch (ref.role()) {
            case APP -> "there is no proxy yet; the first one takes it.";
            case PROXY -> "there is no member yet; the first one publishes it.";
        };
    }

    /** The change asks the person once, for all nodes that passed; this node only says that it did, and waits. */
    private void waitForApproval(Node node) {
        progress.waits(Step.APPROVAL, "gated, waits for the change's approval");
        tellTheChange(node);
        Workflow.await(() -> decision != null);
        Decision made = requireNonNull(decision);
        if (!made.approved()) {
            throw Failures.of(FailureType.APPROVAL_REJECTED, made.sentence());
        }
        progress.done(made.sentence());
    }

    private static void tellTheChange(Node node) {
        String change = Workflow.getInfo().getParentWorkflowId().orElse("none");
        try {
            Workflow.newExternalWorkflowStub(ChangeRole.class, change).passedGate(node.name());
        } catch (SignalExternalWorkflowException gone) {
            throw Failures.of(
                    FailureType.APPROVAL_REJECTED,
                    "the change %s that asks for the approval is gone".formatted(change));
        }
    }

    private String goAway(NodePlan plan, Machine machine) {
        machine.keepEvidence();
        if (plan.keepFailed().isPresent() && machine.node().isPresent() && undo.confirmed()) {
            return new Keeping(machine, plan.file().notices())
                    .handOver(plan.keepFailed().get());
        }
        return machine.destroyOrQuarantine();
    }

    @Override
    public NodeReport report() {
        return ending == null ? NodeEnding.notStarted() : ending.report(Outcome.RUNNING, Optional.empty(), "");
    }

    @Override
    public void decide(boolean approved, String sentence) {
        if (decision == null) {
            decision = new Decision(approved, sentence);
        }
    }
}
