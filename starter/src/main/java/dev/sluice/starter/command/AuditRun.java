package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.audit.Audit;
import dev.sluice.starter.audit.Story;
import dev.sluice.starter.audit.World;
import dev.sluice.starter.temporal.RunState;
import dev.sluice.starter.text.AuditText;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import dev.sluice.starter.text.Run;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.FindLeaks.LeakPlan;
import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;

/** A run, judged afterwards. */
@Command(
        name = "audit",
        description =
                "Reads a run's history and the world again, and says which promises were kept; exit code 8 if one was not.")
public final class AuditRun extends RunCommand {
    private static final Set<String> KINDS = Set.of("ChangeRole", "DeployNode", "RetireNode");

    public AuditRun(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        RunState state = ended(found());
        Story story = story(state);
        World world = world(Audit.file(story));
        List<Audit> audits = new ArrayList<>();
        if (state.type().equals("ChangeRole")) {
            audits.add(Audit.ofChange(state.run().shown(), story, reported(state, ChangeReport.class)));
            story.children().forEach(child -> audits.add(node(child, world)));
        } else {
            audits.add(node(state, story, world));
        }
        session.result(audits, AuditText.lines(audits));
        return AuditText.exitCode(audits);
    }

    private static RunState ended(RunState state) {
        if (!KINDS.contains(state.type())) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "%s is a %s; changes and nodes' runs are audited."
                            .formatted(state.run().shown(), state.type()));
        }
        if (state.open()) {
            throw new Trouble(
                    ExitCode.WAITING,
                    "%s goes on; it is audited once it has ended.  Watch it: %s"
                            .formatted(
                                    state.run().shown(), Hints.watch(state.run().shown())));
        }
        return state;
    }

    private Audit node(Story.Child child, World world) {
        RunState state = ended(session.temporal().find(Run.Reference.parse(child.id() + "@" + child.runId())));
        return node(state, story(state), world);
    }

    private Audit node(RunState state, Story story, World world) {
        RunState latest =
                session.temporal().find(Run.Reference.parse(state.run().id()));
        Optional<String> newer = Optional.of(latest.run())
                .filter(run -> !run.runId().equals(state.run().runId()))
                .map(Run::shown);
        return Audit.ofNode(state.run().shown(), story, reported(state, NodeReport.class), world, newer);
    }

    private Story story(RunState state) {
        return session.temporal()
                .call(() -> Story.of(
                        session.temporal()
                                .client()
                                .fetchHistory(state.run().id(), state.run().runId()),
                        session.temporal().client().getOptions().getDataConverter()));
    }

    private World world(ClusterFile file) {
        LeakReport leaks = session.starts()
                .ask(
                        FindLeaks.class,
                        Reading.id("leaks/%s".formatted(file.name())),
                        Reading.labels(file.name(), "audit of %s, by %s".formatted(run, session.by())),
                        LeakReport.class,
                        LeakReport.class,
                        new LeakPlan(file, false, false, session.by(), "audit"));
        return new World(new Reading(session).cluster(file), leaks);
    }
}
