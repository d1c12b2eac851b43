package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.Version;
import dev.sluice.starter.temporal.Attributes;
import dev.sluice.starter.temporal.Schedules;
import dev.sluice.starter.temporal.Temporal;
import dev.sluice.starter.text.AccountFindings;
import dev.sluice.starter.text.ExaminationFindings;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Finding;
import dev.sluice.starter.text.LocalFindings;
import dev.sluice.starter.text.NodeFindings;
import dev.sluice.starter.text.ScheduleFindings;
import dev.sluice.starter.text.Trouble;
import dev.sluice.starter.text.WorkerNames;
import dev.sluice.workflows.ExamineCluster.Examination;
import dev.sluice.workflows.Names;
import dev.sluice.workflows.activity.WorkerActivities.WorkerFacts;
import dev.sluice.workflows.model.Account;
import dev.sluice.workflows.model.ClusterFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Looks whether a deployment could work: each link of the chain in order, each with what to do if it is broken. */
@Command(
        name = "doctor",
        description = "Looks at everything that a deployment needs; exit code 8 if something would stop it.")
public final class Doctor implements Callable<Integer> {
    /** What a worker looks at, in the order of the chain. */
    private static final List<String> FAR = List.of("DigitalOcean", "DNS", "SSH", "proxies", "clocks");

    private final Session session;
    private final List<Finding> findings = new ArrayList<>();

    public Doctor(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ClusterFile file = file();
        Temporal temporal = temporal();
        if (temporal == null) {
            findings.add(Finding.unknown("workers", "not asked: Temporal does not answer"));
            notAsked(FAR, "Temporal does not answer");
            local(Optional.empty());
        } else {
            attributes(temporal);
            stuck(temporal);
            if (file != null) {
                schedules(temporal, file);
            }
            if (workers(temporal)) {
                world(Optional.ofNullable(file));
            } else {
                notAsked(FAR, "no worker");
                local(Optional.empty());
            }
        }
        findings.add(Finding.ok("Java", System.getProperty("java.version", "")));
        List<String> lines =
                new ArrayList<>(findings.stream().map(Finding::line).toList());
        lines.add("");
        lines.add(Finding.conclusion(findings));
        session.result(findings, lines);
        return Finding.exitCode(findings);
    }

    private void notAsked(List<String> links, String why) {
        links.forEach(link -> findings.add(Finding.unknown(link, "not asked: " + why)));
    }

    private @Nullable ClusterFile file() {
        try {
            ClusterFile file = session.clusterFile();
            findings.add(Finding.ok(
                    "cluster file",
                    "%s with %d roles, digest %s"
                            .formatted(
                                    file.name(),
                                    file.roles().size(),
                                    file.digest().value().substring(0, 12))));
            return file;
        } catch (Trouble broken) {
            broken.sentence().lines().forEach(line -> findings.add(Finding.stops("cluster file", line)));
            return null;
        }
    }

    private @Nullable Temporal temporal() {
        try {
            Temporal temporal = session.temporal();
            String says = "answers at %s, namespace %s, version %s"
                    .formatted(temporal.address(), temporal.namespace(), temporal.version());
            findings.add(
                    temporal.isPrivate()
                            ? Finding.ok("Temporal", says + (temporal.isSecure() ? ", over TLS" : ", on this machine"))
                            : Finding.warn("Temporal", says + ", without TLS: set TEMPORAL_TLS and its kin"));
            return temporal;
        } catch (Trouble unreachable) {
            findings.add(Finding.stops("Temporal", unreachable.sentence()));
            return null;
        }
    }

    private void attributes(Temporal temporal) {
        try {
            List<String> wrong = Attributes.wrong(temporal);
            findings.add(
                    wrong.isEmpty()
                            ? Finding.ok("search attributes", "all five are there, with the right types")
                            : Finding.stops("search attributes", String.join("; ", wrong)));
        } catch (Trouble unanswered) {
            findings.add(Finding.unknown("search attributes", unanswered.sentence()));
        }
    }

    private void stuck(Temporal temporal) {
        String query = "ExecutionStatus = 'Running' AND TaskQueue = '%s'".formatted(Names.TASK_QUEUE);
        try {
            List<String> stuck = temporal.stuck(query, 20).stream()
                    .map(run -> run.run().shown())
                    .toList();
            if (!stuck.isEmpty()) {
                findings.add(Finding.warn(
                        "stuck runs", "a bug of Sluice holds %s; see the Web UI".formatted(String.join(", ", stuck))));
            }
        } catch (Trouble unanswered) {
            findings.add(Finding.unknown("open runs", unanswered.sentence()));
        }
    }

    private void schedules(Temporal temporal, ClusterFile file) {
        try {
            findings.addAll(ScheduleFindings.of(new Schedules(temporal).list(file.name())));
        } catch (Trouble unanswered) {
            findings.add(Finding.unknown("schedules", unanswered.sentence()));
        }
    }

    private boolean workers(Temporal temporal) {
        try {
            List<String> workers = temporal.pollers(Names.TASK_QUEUE);
            findings.add(WorkerNames.finding(workers, Version.number()));
            return !workers.isEmpty();
        } catch (Trouble unanswered) {
            // Whether there is one is seen when it is asked for something.
            findings.add(Finding.unknown("workers", unanswered.sentence()));
            return true;
        }
    }

    private void world(Optional<ClusterFile> file) {
        Reading reading = new Reading(session);
        Optional<Account> account = Optional.empty();
        boolean answered = true;
        try {
            account = Optional.of(reading.account());
            findings.addAll(AccountFindings.of(account.get(), file));
        } catch (Trouble unreadable) {
            findings.add(Finding.stops("DigitalOcean", unreadable.sentence()));
            answered = unreadable.exitCode() != ExitCode.WAITING;
        }
        if (answered && file.isPresent()) {
            examined(reading, file.get(), account);
        } else {
            notAsked(FAR.subList(1, FAR.size()), answered ? "no valid cluster file" : "no worker");
            local(Optional.empty());
        }
    }

    private void examined(Reading reading, ClusterFile file, Optional<Account> account) {
        try {
            examine(reading, file, account);
        } catch (Trouble unreadable) {
            findings.add(Finding.stops("cluster", unreadable.sentence()));
        }
    }

    private void examine(Reading reading, ClusterFile file, Optional<Account> account) {
        Instant asked = session.clock().instant();
        Examination seen = reading.examination(file);
        Instant answered = session.clock().instant();
        findings.addAll(ExaminationFindings.scopes(seen));
        findings.addAll(ExaminationFindings.templates(file, seen));
        findings.addAll(ExaminationFindings.zone(file, seen));
        findings.addAll(NodeFindings.worker(file, seen, account));
        local(seen.worker());
        findings.addAll(NodeFindings.nodes(seen));
        findings.addAll(NodeFindings.proxies(seen));
        findings.add(NodeFindings.clocks(file, seen, asked, answered));
        seen.worker().ifPresent(worker -> findings.add(Finding.ok("Java of a worker", worker.java())));
    }

    private void local(Optional<WorkerFacts> worker) {
        findings.addAll(LocalFindings.of(session.environment(), worker));
    }
}
