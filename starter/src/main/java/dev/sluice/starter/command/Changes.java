package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.RunState;
import dev.sluice.starter.temporal.Starts;
import dev.sluice.starter.temporal.Temporal;
import dev.sluice.starter.text.ChangeText;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import dev.sluice.starter.text.RefusalText;
import dev.sluice.starter.text.Run;
import dev.sluice.starter.text.Trouble;
import dev.sluice.starter.watch.Attached;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.Names;
import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ChangeReport;
import io.temporal.common.SearchAttributes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts a change and stays with it. */
final class Changes {
    private static final int POLL_SECONDS = 2;

    private final Session session;

    Changes(Session session) {
        this.session = session;
    }

    /** Starts it, waiting for the lock if told so, and follows it to its end. */
    int carryOut(ChangePlan plan, boolean waits) {
        Temporal temporal = session.temporal();
        session.err().println(ChangeText.begins(plan));
        session.err().flush();
        Run run = started(plan, waits);
        session.err().println("Web UI  " + session.links().of(run.id()));
        session.err().println("Run     " + run.shown() + " at " + temporal.address());
        session.err().flush();
        return new Attached<>(session, run, ChangeReport.class).follow();
    }

    private Run started(ChangePlan plan, boolean waits) {
        String id = Names.change(plan.file().name(), plan.role());
        Starts.Labels labels = new Starts.Labels(attributes(plan), ChangeText.summary(plan), ChangeText.details(plan));
        boolean told = false;
        while (true) {
            try {
                return session.starts().start(ChangeRole.class, id, labels, plan);
            } catch (Starts.Taken taken) {
                String refusal = refusal(taken.run());
                if (!waits) {
                    throw new Trouble(
                            ExitCode.REFUSED,
                            "Refused: %s%nWatch it: %s     Wait for it: add --wait"
                                    .formatted(refusal, Hints.watch(taken.run().shown())),
                            taken);
                }
                if (!told) {
                    session.err().println("Waiting: " + refusal);
                    session.err().flush();
                    told = true;
                }
                pause();
            }
        }
    }

    /** Who holds the lock, as its run tells, or as Temporal does if no worker answers. */
    private String refusal(Run holder) {
        Temporal temporal = session.temporal();
        return temporal.report(holder, ChangeReport.class)
                .map(report -> RefusalText.of(report, session.clock()))
                .orElseGet(() -> {
                    RunState state = temporal.find(new Run.Reference(holder.id(), java.util.Optional.empty()));
                    return RefusalText.of(state.run().id(), state.started(), session.clock());
                });
    }

    private static void pause() {
        try {
            // A latch nobody opens: Temporal cannot tell us that an id is free again.
            if (new CountDownLatch(1).await(POLL_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody opens it");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Trouble(ExitCode.DETACHED, "Stopped waiting; nothing was started.", stop);
        }
    }

    private static SearchAttributes attributes(ChangePlan plan) {
        SearchAttributes.Builder attributes = SearchAttributes.newBuilder()
                .set(Names.CLUSTER, plan.file().name().value())
                .set(Names.ROLE, plan.role().word());
        if (plan.nodes().size() == 1) {
            attributes.set(Names.NODE, plan.nodes().get(0).value());
        }
        return attributes.build();
    }
}
