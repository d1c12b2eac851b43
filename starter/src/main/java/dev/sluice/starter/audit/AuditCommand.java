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

/** Audits a run that has ended. */
@Command(
        name = "audit",
        description =
                "Checks a run's history and the cluster's current state against Sluice's promises; exit code 8 unless all were kept.")
public final class AuditCommand extends RunCommand {
    private static final Set<String> AUDITED_TYPES = Set.of("ChangeRole", "DeployNode", "RetireNode");

    public AuditCommand(CliSession session) {
        super(session);
    }

    @Override
    public Integer call() {
        RunState state = requireEnded(findRun());
        RunHistory history = history(state);
        ClusterSnapshot cluster = cluster(RunAudit.file(history));
        List<RunAudit> audits = new ArrayList<>();
        if (state.type().equals("ChangeRole")) {
            audits.add(RunAudit.ofChange(state.run().displayName(), history, readReport(state, ChangeReport.class)));
            history.children().forEach(child -> audits.add(auditNode(child, cluster)));
        } else {
            audits.add(auditNode(state, history, cluster));
        }
        session.printResult(audits, AuditText.lines(audits));
        return AuditText.exitCode(audits);
    }

    private static RunState requireEnded(RunState state) {
        if (!AUDITED_TYPES.contains(state.type())) {
            throw new CliException(
                    ExitCode.USAGE,
                    "%s is a %s; audit accepts a ChangeRole, DeployNode or RetireNode."
                            .formatted(state.run().displayName(), state.type()));
        }
        if (state.open()) {
            throw new CliException(
                    ExitCode.WAITING,
                    "%s is running; audit it once it has ended.  Watch it: %s"
                            .formatted(
                                    state.run().displayName(),
                                    CommandHints.watch(state.run().displayName())));
        }
        return state;
    }

    private RunAudit auditNode(RunHistory.ChildRun child, ClusterSnapshot cluster) {
        RunState state =
                requireEnded(session.temporal().find(Run.RunReference.parse(child.id() + "@" + child.runId())));
        return auditNode(state, history(state), cluster);
    }

    private RunAudit auditNode(RunState state, RunHistory history, ClusterSnapshot cluster) {
        RunState latest =
                session.temporal().find(Run.RunReference.parse(state.run().id()));
        Optional<String> newer = Optional.of(latest.run())
                .filter(run -> !run.runId().equals(state.run().runId()))
                .map(Run::displayName);
        return RunAudit.ofNode(state.run().displayName(), history, readReport(state, NodeReport.class), cluster, newer);
    }

    private RunHistory history(RunState state) {
        return session.temporal()
                .call(() -> RunHistory.of(
                        session.temporal()
                                .client()
                                .fetchHistory(state.run().id(), state.run().runId()),
                        session.temporal().client().getOptions().getDataConverter()));
    }

    private ClusterSnapshot cluster(ClusterFile file) {
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
