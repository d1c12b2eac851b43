package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.RunState;
import dev.sluice.starter.temporal.Temporal;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import dev.sluice.workflows.model.Role;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The runs that Temporal knows. */
@Command(name = "list", description = "Lists runs: open ones first, then the newest.")
public final class ListRuns implements Callable<Integer> {
    /** Looks and nudges are runs too; they are of no interest later. */
    private static final String OF_INTEREST =
            "WorkflowType IN ('ChangeRole', 'DeployNode', 'RetireNode', 'BakeTemplate', 'KeepNode')";

    private final Session session;

    @Option(names = "--cluster", paramLabel = "CLUSTER", description = "Only those of that cluster.")
    @Nullable
    String cluster;

    @Option(names = "--all", description = "Also the short ones that look or nudge.")
    boolean all;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many (default: 50).")
    int limit = 50;

    public ListRuns(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String filter = all ? "SluiceCluster IS NOT NULL" : OF_INTEREST;
        if (cluster != null) {
            filter += " AND SluiceCluster = '%s'".formatted(Temporal.quoted(cluster));
        }
        List<RunState> runs = ListText.ordered(session.temporal().list(filter, 1000)).stream()
                .limit(limit)
                .map(session.temporal()::looked)
                .toList();
        List<String> lines = runs.isEmpty()
                ? List.of("No runs in namespace %s.  Begin: %s"
                        .formatted(session.temporal().namespace(), Hints.dryRun(Role.APP)))
                : ListText.lines(runs, session.clock());
        session.result(runs, lines);
        session.err().println("Web UI  " + session.links().matching(filter));
        return ExitCode.DONE;
    }
}
