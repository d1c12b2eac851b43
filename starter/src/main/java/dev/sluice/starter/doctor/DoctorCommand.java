package dev.sluice.starter.doctor;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.CliVersion;
import dev.sluice.starter.session.ShortRuns;
import dev.sluice.starter.temporal.ScheduleControl;
import dev.sluice.starter.temporal.TemporalClient;
import dev.sluice.starter.text.SentenceFormat;
import dev.sluice.workflows.ExamineCluster.ClusterExamination;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.activity.WorkerActivities.WorkerFacts;
import dev.sluice.workflows.model.cluster.CloudAccount;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.schedule.ScheduleStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Checks each link that a deployment needs, in order, and states how to repair a broken one. */
@Command(
        name = "doctor",
        description = "Checks everything that a deployment needs; exit code 8 if something would stop it.")
public final class DoctorCommand implements Callable<Integer> {
    /** The links that only a worker can check, in order. */
    private static final List<String> WORKER_LINKS = List.of("DigitalOcean", "DNS", "SSH", "proxies", "clocks");

    private final CliSession session;
    private @Nullable List<ScheduleStatus> schedules;
    private final List<DoctorFinding> findings = new ArrayList<>();

    public DoctorCommand(CliSession session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ClusterFile file = checkClusterFile();
        TemporalClient temporal = checkTemporal();
        if (temporal == null) {
            findings.add(DoctorFinding.unknown("workers", "not checked: Temporal does not answer"));
            addUnchecked(WORKER_LINKS, "Temporal does not answer");
            checkKeyFiles(Optional.empty());
        } else {
            checkSearchAttributes(temporal);
            checkStuckRuns(temporal);
            if (file != null) {
                checkSchedules(temporal, file);
            }
            if (checkWorkers(temporal)) {
                checkCloudAndCluster(Optional.ofNullable(file));
            } else {
                addUnchecked(WORKER_LINKS, "no worker");
                checkKeyFiles(Optional.empty());
            }
        }
        findings.add(DoctorFinding.ok("Java", System.getProperty("java.version", "")));
        List<String> lines =
                new ArrayList<>(findings.stream().map(DoctorFinding::line).toList());
        lines.add("");
        lines.add(DoctorFinding.conclusion(findings));
        session.printResult(findings, lines);
        return DoctorFinding.exitCode(findings);
    }

    private void addUnchecked(List<String> links, String why) {
        links.forEach(link -> findings.add(DoctorFinding.unknown(link, "not checked: " + why)));
    }

    private @Nullable ClusterFile checkClusterFile() {
        try {
            ClusterFile file = session.clusterFile();
            findings.add(DoctorFinding.ok(
                    "cluster file",
                    "%s with %s, digest %s"
                            .formatted(
                                    file.name(),
                                    SentenceFormat.count(file.roles().size(), "role"),
                                    file.digest().value().substring(0, CommandHints.DIGEST))));
            return file;
        } catch (CliException broken) {
            broken.sentence().lines().forEach(line -> findings.add(DoctorFinding.stops("cluster file", line)));
            return null;
        }
    }

    private @Nullable TemporalClient checkTemporal() {
        try {
            TemporalClient temporal = session.temporal();
            String result = "answers at %s, namespace %s, version %s"
                    .formatted(temporal.address(), temporal.namespace(), temporal.version());
            findings.add(
                    temporal.isPrivate()
                            ? DoctorFinding.ok(
                                    "Temporal", result + (temporal.isSecure() ? ", over TLS" : ", on this machine"))
                            : DoctorFinding.warn(
                                    "Temporal", result + ", without TLS: set TEMPORAL_TLS and TEMPORAL_TLS_*"));
            return temporal;
        } catch (CliException unreachable) {
            findings.add(DoctorFinding.stops("Temporal", unreachable.sentence()));
            return null;
        }
    }

    private void checkSearchAttributes(TemporalClient temporal) {
        try {
            findings.add(SearchAttributeFindings.check(temporal));
        } catch (CliException unanswered) {
            findings.add(DoctorFinding.unknown(SearchAttributeFindings.WHAT, unanswered.sentence()));
        }
    }

    private void checkStuckRuns(TemporalClient temporal) {
        String query = "ExecutionStatus = 'Running' AND TaskQueue = '%s'".formatted(WorkflowIds.TASK_QUEUE);
        try {
            List<String> stuck = temporal.listStuck(query, 20).stream()
                    .map(run -> run.run().displayName())
                    .toList();
            if (!stuck.isEmpty()) {
                findings.add(DoctorFinding.stops(
                        "stuck runs",
                        "the workflow task of %s fails each time; a stuck change keeps its lock: see docs/troubleshooting.md#a-run-is-stuck"
                                .formatted(String.join(", ", stuck))));
            }
        } catch (CliException unanswered) {
            findings.add(DoctorFinding.unknown("open runs", unanswered.sentence()));
        }
    }

    private void checkSchedules(TemporalClient temporal, ClusterFile file) {
        try {
            schedules = new ScheduleControl(temporal).list(file.name());
            findings.addAll(ScheduleFindings.of(file, schedules));
        } catch (CliException unanswered) {
            findings.add(DoctorFinding.unknown("schedules", unanswered.sentence()));
        }
    }

    private boolean checkWorkers(TemporalClient temporal) {
        try {
            List<String> workers = temporal.pollers(WorkflowIds.TASK_QUEUE);
            findings.add(WorkerFindings.check(workers, CliVersion.number()));
            return !workers.isEmpty();
        } catch (CliException unanswered) {
            // The next check starts a run, which shows whether a worker answers.
            findings.add(DoctorFinding.unknown("workers", unanswered.sentence()));
            return true;
        }
    }

    private void checkCloudAndCluster(Optional<ClusterFile> file) {
        ShortRuns runs = new ShortRuns(session);
        Optional<CloudAccount> account = Optional.empty();
        boolean answered = true;
        try {
            account = Optional.of(runs.showAccount());
            findings.addAll(AccountFindings.of(account.get(), file));
        } catch (CliException unreadable) {
            findings.add(DoctorFinding.stops("DigitalOcean", unreadable.sentence()));
            answered = unreadable.exitCode() != ExitCode.WAITING;
        }
        if (answered && file.isPresent()) {
            tryExamine(runs, file.get(), account);
        } else {
            addUnchecked(
                    WORKER_LINKS.subList(1, WORKER_LINKS.size()), answered ? "no valid cluster file" : "no worker");
            checkKeyFiles(Optional.empty());
        }
    }

    private void tryExamine(ShortRuns runs, ClusterFile file, Optional<CloudAccount> account) {
        try {
            examine(runs, file, account);
        } catch (CliException unreadable) {
            findings.add(DoctorFinding.stops("cluster", unreadable.sentence()));
        }
    }

    private void examine(ShortRuns runs, ClusterFile file, Optional<CloudAccount> account) {
        Instant asked = session.clock().instant();
        ClusterExamination examination = runs.examineCluster(file);
        Instant answered = session.clock().instant();
        findings.addAll(ExaminationFindings.scopes(examination));
        findings.addAll(ExaminationFindings.templates(file, examination));
        findings.addAll(ExaminationFindings.zone(file, examination));
        boolean inService = examination.nodes().stream().anyMatch(node -> node.isIn(NodeState.IN_SERVICE));
        if (schedules != null && schedules.isEmpty() && inService) {
            findings.addAll(ScheduleFindings.differing(file, schedules));
        }
        findings.addAll(ServiceFindings.of(file, examination));
        findings.addAll(NodeFindings.worker(file, examination, account));
        checkKeyFiles(examination.worker());
        findings.addAll(NodeFindings.nodes(examination));
        findings.addAll(NodeFindings.proxies(examination));
        findings.add(NodeFindings.clocks(file, examination, asked, answered));
        examination.worker().ifPresent(worker -> findings.add(DoctorFinding.ok("Java of a worker", worker.java())));
    }

    private void checkKeyFiles(Optional<WorkerFacts> worker) {
        findings.addAll(KeyFileFindings.of(session.environment(), worker));
    }
}
