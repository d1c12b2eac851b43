package dev.sluice.workflows.runbook;

import dev.sluice.workflows.BakeTemplate;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.CheckExpiry;
import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.ExamineCluster;
import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.KeepNode;
import dev.sluice.workflows.RetireNode;
import dev.sluice.workflows.ShowAccount;
import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.Sweep;
import dev.sluice.workflows.Templates;
import dev.sluice.workflows.runbook.change.ChangeRoleRunbook;
import dev.sluice.workflows.runbook.cleanup.FindLeaksRunbook;
import dev.sluice.workflows.runbook.cleanup.SweepRunbook;
import dev.sluice.workflows.runbook.expiry.CheckExpiryRunbook;
import dev.sluice.workflows.runbook.inspect.ExamineClusterRunbook;
import dev.sluice.workflows.runbook.inspect.ShowAccountRunbook;
import dev.sluice.workflows.runbook.inspect.ShowClusterRunbook;
import dev.sluice.workflows.runbook.lifecycle.DeployNodeRunbook;
import dev.sluice.workflows.runbook.lifecycle.EjectNodeRunbook;
import dev.sluice.workflows.runbook.lifecycle.KeepNodeRunbook;
import dev.sluice.workflows.runbook.lifecycle.RetireNodeRunbook;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.template.BakeTemplateRunbook;
import dev.sluice.workflows.runbook.template.TemplatesRunbook;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;
import io.temporal.workflow.Functions.Func;
import java.util.List;

/** The one list of what a worker offers. */
public final class Runbooks {
    private Runbooks() {}

    /** One runbook: what can be asked for, and how a run of it is made. */
    public record Runbook<T>(Class<T> type, Func<T> make) {
        void registerWith(Worker worker, WorkflowImplementationOptions options) {
            worker.registerWorkflowImplementationFactory(type, make, options);
        }
    }

    /** All runbooks, with those limits and tries. */
    public static List<Runbook<?>> all(Patience patience) {
        return List.of(
                new Runbook<>(ChangeRole.class, () -> new ChangeRoleRunbook(patience)),
                new Runbook<>(DeployNode.class, () -> new DeployNodeRunbook(patience)),
                new Runbook<>(RetireNode.class, () -> new RetireNodeRunbook(patience)),
                new Runbook<>(KeepNode.class, () -> new KeepNodeRunbook(patience)),
                new Runbook<>(EjectNode.class, () -> new EjectNodeRunbook(patience)),
                new Runbook<>(BakeTemplate.class, () -> new BakeTemplateRunbook(patience)),
                new Runbook<>(Templates.class, () -> new TemplatesRunbook(patience)),
                new Runbook<>(ShowCluster.class, () -> new ShowClusterRunbook(patience)),
                new Runbook<>(ShowAccount.class, () -> new ShowAccountRunbook(patience)),
                new Runbook<>(ExamineCluster.class, () -> new ExamineClusterRunbook(patience)),
                new Runbook<>(FindLeaks.class, () -> new FindLeaksRunbook(patience)),
                new Runbook<>(Sweep.class, () -> new SweepRunbook(patience)),
                new Runbook<>(CheckExpiry.class, () -> new CheckExpiryRunbook(patience)));
    }

    /** Registers all of them with the worker. */
    public static void register(Worker worker, Patience patience) {
        register(worker, patience, WorkflowImplementationOptions.getDefaultInstance());
    }

    /** The same with options of the SDK: tests let a bug fail the run, where production waits for the mended worker. */
    public static void register(Worker worker, Patience patience, WorkflowImplementationOptions options) {
        all(patience).forEach(runbook -> runbook.registerWith(worker, options));
    }
}
