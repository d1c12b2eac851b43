package dev.sluice.starter.audit;

import dev.sluice.starter.command.run.RunCommand;
import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.run.RunState;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.ShortRuns;
import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.FindLeaks.LeakPlan;
import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeReport;
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
public final class AuditCommand extends RunCommand {
    private static final Set<String> KINDS = Set.of("ChangeRole", "DeployNode", "RetireNode");

    public AuditCommand(CliSession session) {
        super(session);
    }

    @Override
    public Integer call() {
        RunState state = requireEnded(findRun());
        RunHistory story = story(state);
        ClusterSnapshot world = world(RunAudit.file(story));
        List<RunAudit> audits = new ArrayList<>();
        if (state.type().equals("ChangeRole")) {
            audits.add(RunAudit.ofChange(state.run().displayName(), story, readReport(state, ChangeReport.class)));
            story.children().forEach(child -> audits.add(auditNode(child, world)));
        } else {
            audits.add(auditNode(state, story, world));
        }
        session.printResult(audits, AuditText.lines(audits));
        return AuditText.exitCode(audits);
    }

    private static RunState requireEnded(RunState state) {
        if (!KINDS.contains(state.type())) {
            throw new CliException(
                    ExitCode.USAGE,
                    "%s is a %s; changes and nodes' runs are audited."
                            .formatted(state.run().displayName(), state.type()));
        }
        if (state.open()) {
            throw new CliException(
                    ExitCode.WAITING,
                    "%s goes on; it is audited once it has ended.  Watch it: %s"
                            .formatted(
                                    state.run().displayName(),
                                    CommandHints.watch(state.run().displayName())));
        }
        return state;
    }

    private RunAudit auditNode(RunHistory.ChildRun child, ClusterSnapshot world) {
        RunState state =
                requireEnded(session.temporal().find(Run.RunReference.parse(child.id() + "@" + child.runId())));
        return auditNode(state, story(state), world);
    }

    private RunAudit auditNode(RunState state, RunHistory story, ClusterSnapshot world) {
        RunState latest =
                session.temporal().find(Run.RunReference.parse(state.run().id()));
        Optional<String> newer = Optional.of(latest.run())
                .filter(run -> !run.runId().equals(state.run().runId()))
                .map(Run::displayName);
        return RunAudit.ofNode(state.run().displayName(), story, readReport(state, NodeReport.class), world, newer);
    }

    private RunHistory story(RunState state) {
        return session.temporal()
                .call(() -> RunHistory.of(
                        session.temporal()
                                .client()
                                .fetchHistory(state.run().id(), state.run().runId()),
                        session.temporal().client().getOptions().getDataConverter()));
    }

    private ClusterSnapshot world(ClusterFile file) {
        LeakReport leaks = session.starts()
                .runReadOnly(
                        FindLeaks.class,
                        ShortRuns.uniqueId("leaks/%s".formatted(file.name())),
                        ShortRuns.labels(file.name(), "audit of %s, by %s".formatted(run, session.requestedBy())),
                        LeakReport.class,
                        LeakReport.class,
                        new LeakPlan(file, false, false, session.requestedBy(), "audit"));
        return new ClusterSnapshot(new ShortRuns(session).showCluster(file), leaks);
    }
}
