package dev.sluice.starter.command.cluster;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.run.RunState;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.temporal.RunStarter;
import dev.sluice.starter.temporal.TemporalClient;
import dev.sluice.starter.text.ChangeText;
import dev.sluice.starter.text.RefusalText;
import dev.sluice.starter.text.StuckRunText;
import dev.sluice.starter.watch.RunFollower;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.model.cluster.ClusterFileSize;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import io.temporal.common.SearchAttributes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts a change and follows it. */
final class ChangeStarter {
    private static final int POLL_SECONDS = 2;

    private final CliSession session;

    ChangeStarter(CliSession session) {
        this.session = session;
    }

    /** What to do while another change holds the lock. */
    enum WhenLocked {
        WAIT,
        REFUSE
    }

    /** Refuses a change whose nodes' plans together are larger than Temporal takes; throws exit code 2. */
    static ChangePlan requirePossible(ChangePlan plan) {
        ClusterFileSize.problem(plan.file(), plan.nodes().size()).ifPresent(sentence -> {
            throw new CliException(ExitCode.USAGE, sentence + ".");
        });
        return plan;
    }

    /** Starts the change once it holds the lock, and follows it to its end. */
    int startAndFollow(ChangePlan plan, WhenLocked whenLocked) {
        TemporalClient temporal = session.temporal();
        session.err().println(ChangeText.firstLine(plan));
        session.err().flush();
        Run run = start(plan, whenLocked);
        session.err().println("Web UI  " + session.links().workflowPage(run.id()));
        session.err().println("Run     " + run.displayName() + " at " + temporal.address());
        session.err().flush();
        return new RunFollower<>(session, run, ChangeReport.class).follow();
    }

    private Run start(ChangePlan plan, WhenLocked whenLocked) {
        String id = WorkflowIds.change(plan.file().name(), plan.role());
        RunStarter.RunLabels labels =
                new RunStarter.RunLabels(attributes(plan), ChangeText.summary(plan), ChangeText.details(plan));
        boolean printed = false;
        while (true) {
            try {
                return session.starts().start(ChangeRole.class, id, labels, plan);
            } catch (RunStarter.AlreadyRunningException taken) {
                String refusal = refusal(taken.run());
                if (whenLocked == WhenLocked.REFUSE) {
                    throw new CliException(
                            ExitCode.REFUSED,
                            "Refused: %s%nWatch it: %s     Wait for it: add --wait"
                                    .formatted(
                                            refusal,
                                            CommandHints.watch(taken.run().displayName())),
                            taken);
                }
                if (!printed) {
                    session.err().println("Waiting: " + refusal);
                    session.err().flush();
                    printed = true;
                }
                pause();
            }
        }
    }

    /** Describes the run that holds the lock: by its report, or by Temporal's state if no worker answers. */
    private String refusal(Run holder) {
        TemporalClient temporal = session.temporal();
        return temporal.queryReport(holder, ChangeReport.class)
                .map(report -> RefusalText.describeHolder(report, session.clock()))
                .orElseGet(() -> {
                    RunState state = temporal.find(new Run.RunReference(holder.id(), java.util.Optional.empty()));
                    return state.stuck()
                            ? StuckRunText.withWayOut(state, session.clock())
                            : RefusalText.describeHolder(state.run().id(), state.started(), session.clock());
                });
    }

    private static void pause() {
        try {
            // A latch that is never opened, because Temporal sends no event when an ID is free again.
            if (new CountDownLatch(1).await(POLL_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The latch is never opened");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.DETACHED, "Stopped waiting; no run was started.", stop);
        }
    }

    private static SearchAttributes attributes(ChangePlan plan) {
        SearchAttributes.Builder attributes = SearchAttributes.newBuilder()
                .set(SluiceAttributes.CLUSTER, plan.file().name().value())
                .set(SluiceAttributes.ROLE, plan.role().word());
        if (plan.nodes().size() == 1) {
            attributes.set(SluiceAttributes.NODE, plan.nodes().get(0).value());
        }
        return attributes.build();
    }
}
