package dev.sluice.starter.command.run;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.RunState;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.temporal.TemporalClient;
import dev.sluice.starter.text.RunListText;
import dev.sluice.workflows.model.cluster.Role;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(name = "list", description = "Lists runs: open ones first, then the newest.")
final class ListRunsCommand implements Callable<Integer> {
    /** Short runs are left out: their results matter only to the command that started them. */
    private static final String LONG_RUNS =
            "WorkflowType IN ('ChangeRole', 'DeployNode', 'RetireNode', 'BakeTemplate', 'KeepNode')";

    private final CliSession session;

    @Option(names = "--cluster", paramLabel = "CLUSTER", description = "Only runs of that cluster.")
    @Nullable
    String cluster;

    @Option(names = "--all", description = "Also short runs, which only read or make one small change.")
    boolean all;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Maximum number of runs (default: 50).")
    int limit = 50;

    ListRunsCommand(CliSession session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String filter = all ? "SluiceCluster IS NOT NULL" : LONG_RUNS;
        if (cluster != null) {
            filter += " AND SluiceCluster = '%s'".formatted(TemporalClient.escapeForFilter(cluster));
        }
        List<RunState> runs = RunListText.ordered(session.temporal().list(filter, 1000)).stream()
                .limit(limit)
                .map(session.temporal()::describeIfOpen)
                .toList();
        List<String> lines = runs.isEmpty()
                ? List.of("No runs in namespace %s.  Start with: %s"
                        .formatted(session.temporal().namespace(), CommandHints.dryRun(Role.APP)))
                : RunListText.lines(runs, session.clock());
        session.printResult(runs, lines);
        session.err().println("Web UI  " + session.links().filteredPage(filter));
        return ExitCode.DONE;
    }
}
