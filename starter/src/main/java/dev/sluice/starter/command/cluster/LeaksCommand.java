package dev.sluice.starter.command.cluster;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.ShortRuns;
import dev.sluice.starter.text.LeaksText;
import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.FindLeaks.LeakPlan;
import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.model.cluster.ClusterFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Finds orphaned resources. */
@Command(name = "leaks", description = "Finds orphaned resources: tagged by Sluice, owned by no running workflow.")
final class LeaksCommand implements Callable<Integer> {
    private final CliSession session;

    @Option(names = "--fix", description = "Removes them, once they take no traffic.")
    boolean fix;

    @Option(
            names = "--unknown-owner",
            description = "Also removes resources whose owner Temporal does not know; needs --fix and --reason.")
    boolean unknownOwner;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Reason for the removal. Recorded in Temporal and shown in reports.")
    String reason = "";

    LeaksCommand(CliSession session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ClusterFile file = session.clusterFile();
        if (unknownOwner && (reason.isBlank() || !fix)) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--unknown-owner needs --fix and --reason: the owner may run in another namespace.");
        }
        String id = "leaks/%s".formatted(file.name());
        session.err().println("Web UI  " + session.links().workflowPage(id));
        session.err().flush();
        LeakReport report = session.starts()
                .runToEnd(
                        FindLeaks.class,
                        id,
                        ShortRuns.labels(
                                file.name(), "leaks of %s, by %s".formatted(file.name(), session.requestedBy())),
                        LeakReport.class,
                        new LeakPlan(file, fix, unknownOwner, session.requestedBy(), reason));
        session.printResult(report, fix ? LeaksText.linesAfterFix(report) : LeaksText.lines(report));
        return LeaksText.exitCode(report);
    }
}
