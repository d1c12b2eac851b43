package dev.sluice.workflows.runbook;

import dev.sluice.workflows.BakeTemplate;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.CheckCluster;
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
import dev.sluice.workflows.runbook.watch.CheckClusterRunbook;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;
import io.temporal.workflow.Functions.Func;
import java.time.Duration;
import java.util.List;

/** The one list of the runbooks that a worker runs. */
public final class Runbooks {
    /** How long a step may miss its heartbeat before another worker retries it. */
    public static final Duration HEARTBEAT_TIMEOUT = Patience.ActivityLimits.HEARTBEAT;

    private Runbooks() {}

    /** One runbook: its interface, and how a run of it is made. */
    public record Runbook<T>(Class<T> type, Func<T> make) {
        void registerWith(Worker worker, WorkflowImplementationOptions options) {
            worker.registerWorkflowImplementationFactory(type, make, options);
        }
    }

    /** Returns all runbooks, with those limits and retries. */
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
                new Runbook<>(CheckCluster.class, () -> new CheckClusterRunbook(patience)),
                new Runbook<>(CheckExpiry.class, () -> new CheckExpiryRunbook(patience)));
    }

    public static void register(Worker worker) {
        register(worker, Patience.STANDARD, WorkflowImplementationOptions.getDefaultInstance());
    }

    /** Registers all of them with options of the SDK: a test lets a defect fail the run. */
    public static void register(Worker worker, Patience patience, WorkflowImplementationOptions options) {
        all(patience).forEach(runbook -> runbook.registerWith(worker, options));
    }
}
