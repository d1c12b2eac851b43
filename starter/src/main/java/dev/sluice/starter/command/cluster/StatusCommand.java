package dev.sluice.starter.command.cluster;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.RunState;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.ShortRuns;
import dev.sluice.starter.temporal.TemporalClient;
import dev.sluice.starter.text.CheckText;
import dev.sluice.starter.text.RunListText;
import dev.sluice.starter.text.StatusText;
import dev.sluice.starter.text.TimeText;
import dev.sluice.workflows.CheckCluster.CheckReport;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.model.check.CheckSettings;
import dev.sluice.workflows.model.cluster.ClusterFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the cluster's current state. */
@Command(name = "status", description = "Shows the cluster's current state; exit code 8 with findings.")
final class StatusCommand implements Callable<Integer> {
    private static final String OPEN =
            "%s AND ExecutionStatus = 'Running' AND WorkflowType IN ('ChangeRole', 'BakeTemplate')";
    private static final String ANY = "%s AND ExecutionStatus = 'Running'";
    private static final String CHECKS =
            "SluiceCluster = '%s' AND ExecutionStatus = 'Completed' AND WorkflowType = 'CheckCluster'";
    private static final int MOST_CHECKS = 20;
    private static final int EVERY_SECONDS = 2;

    private final CliSession session;

    @Option(
            names = {"-w", "--watch"},
            description = "Refreshes every two seconds until Ctrl-C.")
    boolean watch;

    StatusCommand(CliSession session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        ClusterFile file = session.clusterFile();
        int code = show(file);
        while (watch && !new CountDownLatch(1).await(EVERY_SECONDS, TimeUnit.SECONDS)) {
            if (session.isTerminal()) {
                session.clearScreen();
            }
            code = show(file);
        }
        return code;
    }

    private int show(ClusterFile file) {
        TemporalClient temporal = session.temporal();
        List<RunState> open = temporal.list(OPEN.formatted(WorkflowIds.filter(file.name())), 100);
        // Checked first, so that the command does not wait ten seconds for a worker that does not exist.
        if (temporal.pollers(WorkflowIds.TASK_QUEUE).isEmpty()) {
            return withoutWorker(
                    file, open, session.starts().noWorkerException("Nodes, members and records are unknown."));
        }
        try {
            ClusterReport world = new ShortRuns(session).showCluster(file);
            List<String> lines = new ArrayList<>(StatusText.lines(file, world, session.clock()));
            lines.addAll(running(file, open));
            lines.addAll(stuck(temporal, file));
            Optional<CheckReport> check = lastCheck(temporal, file);
            CheckSettings settings = file.check().orElse(CheckSettings.STANDARD);
            if (!world.nodes().isEmpty()) {
                lines.add("");
                lines.addAll(CheckText.lastCheck(check, settings, session.clock()));
            }
            session.printResult(answer(world, open, check), lines);
            return StatusText.exitCode(file, world);
        } catch (CliException error) {
            if (error.exitCode() != ExitCode.WAITING) {
                throw error;
            }
            return withoutWorker(file, open, error);
        }
    }

    /** The report of the schedule's last check, which needs no worker. */
    private Optional<CheckReport> lastCheck(TemporalClient temporal, ClusterFile file) {
        return temporal
                .list(
                        CHECKS.formatted(
                                TemporalClient.escapeForFilter(file.name().value())),
                        MOST_CHECKS)
                .stream()
                .filter(run -> run.run().id().startsWith("check/%s-".formatted(file.name())))
                .max(Comparator.comparing(RunState::started))
                .flatMap(run -> temporal.finished(run.run(), CheckReport.class));
    }

    private int withoutWorker(ClusterFile file, List<RunState> open, CliException why) {
        List<String> lines = new ArrayList<>();
        lines.add("%s  unknown: no worker answers".formatted(file.name()));
        lines.addAll(running(file, open));
        session.printResult(Map.of("open", open), lines);
        session.err().println(why.sentence());
        return why.exitCode();
    }

    private List<String> running(ClusterFile file, List<RunState> open) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        RunListText.ordered(open)
                .forEach(run -> lines.add("Running: %s  %s  since %s  %s"
                        .formatted(
                                run.run().displayName(),
                                run.phase().orElse(run.type()),
                                TimeText.minute(run.started(), session.clock()),
                                session.links().workflowPage(run.run().id()))));
        if (open.isEmpty()) {
            lines.add("No open runs.  %s".formatted(session.links().clusterPage(file.name())));
        }
        return lines;
    }

    /** Includes the runs of nodes, because a change that waits for a stuck one looks healthy. */
    private List<String> stuck(TemporalClient temporal, ClusterFile file) {
        return temporal.listStuck(ANY.formatted(WorkflowIds.filter(file.name())), 20).stream()
                .map(run ->
                        "Stuck: %s  its workflow task fails each time; see docs/troubleshooting.md#a-run-is-stuck  %s"
                                .formatted(
                                        run.run().displayName(),
                                        session.links().workflowPage(run.run().id())))
                .toList();
    }

    private static Map<String, Object> answer(ClusterReport world, List<RunState> open, Optional<CheckReport> check) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("world", world);
        answer.put("open", open);
        answer.put("check", check);
        return answer;
    }
}
