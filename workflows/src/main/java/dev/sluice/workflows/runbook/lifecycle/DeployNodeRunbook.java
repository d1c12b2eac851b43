package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.activity.CloudActivities.CloneOrder;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.model.cluster.RoleSpec;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.plan.NodePlan;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.node.NodeDroplet;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.Undo;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See docs/runbooks/deploy-node.md: a numbered step there is a paragraph of {@link #deploy} here. */
public final class DeployNodeRunbook implements DeployNode {
    private final Patience patience;
    private final StepProgress progress = new StepProgress();
    private final Undo undo = new Undo(progress);
    private @Nullable NodeReports ending;
    private final GateApprovalWait approval;

    public DeployNodeRunbook(Patience patience) {
        this.patience = patience;
        approval = new GateApprovalWait(patience, progress);
    }

    @Override
    public NodeReport run(NodePlan plan) {
        NodeRef ref = NodeDroplet.claimForThisRun(plan.ref());
        NodeDroplet droplet = new NodeDroplet(ref, patience, undo);
        Gate gate = new Gate(plan, patience, progress);
        NodeReports end = NodeReports.ofDeployment(ref, progress, undo, droplet, gate);
        ending = end;
        try {
            return end.finish(deploy(plan, ref, droplet, gate));
        } catch (TemporalFailure failure) {
            throw end.fail(failure);
        }
    }

    private String deploy(NodePlan plan, NodeRef ref, NodeDroplet droplet, Gate gate) {
        NodeContext run = new NodeContext(plan.file(), plan.withoutProxies(), patience, progress, undo);
        RoleTraits traits = RoleTraits.of(ref.role());
        TrafficAdmission admission = traits.newAdmission(run, droplet);

        Node node = cloneNode(plan, ref, droplet);

        admission.startDuringBoot(node.name());
        FirstBootOrder configured = new FirstBootStep(run).run(node);

        gate.awaitOpen(node, configured);
        admission.prepare(node);
        droplet.mark(NodeState.READY);

        plan.approval().ifPresent(terms -> approval.await(node, terms));
        if (gate.isStale()) {
            gate.awaitOpen(node, configured);
        }

        if (!admission.enter(node)) {
            return "%s is ready, not in service: %s".formatted(node.name(), traits.missingHalf());
        }
        List<String> says = new ArrayList<>(List.of("%s is in service".formatted(node.name())));
        if (admission.mayHaveUnpublishedProxies()) {
            says.addAll(new UnpublishedProxies(run).publishAll());
        }
        return String.join("; ", says) + ".";
    }

    private Node cloneNode(NodePlan plan, NodeRef ref, NodeDroplet droplet) {
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
        Node node = droplet.create(
                () -> ActivityStubs.cloud(patience.create(), summary).createDroplet(order),
                order,
                () -> destroyOrKeep(plan, droplet));
        progress.complete("droplet %s, %s".formatted(node.droplet(), node.privateAddress()));
        return node;
    }

    private String destroyOrKeep(NodePlan plan, NodeDroplet droplet) {
        droplet.keepEvidence();
        if (plan.keepFailed().isPresent() && droplet.node().isPresent() && undo.isConfirmed()) {
            return new KeepNodeStarter(droplet, plan.file().notices())
                    .handOver(plan.keepFailed().get());
        }
        return droplet.destroyOrQuarantine();
    }

    @Override
    public NodeReport report() {
        return ending == null ? NodeReports.notStarted() : ending.report(RunOutcome.RUNNING, Optional.empty(), "");
    }

    @Override
    public void decide(@Nullable RawValue decision) {
        approval.receive(decision);
    }
}
