package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.Attributes;
import dev.sluice.starter.temporal.Temporal;
import dev.sluice.starter.text.Finding;
import dev.sluice.starter.text.Trouble;
import dev.sluice.starter.text.WorldFindings;
import dev.sluice.workflows.Names;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.model.ClusterFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Looks whether a deployment could work. */
@Command(
        name = "doctor",
        description = "Looks at everything that a deployment needs; exit code 8 if something would stop it.")
public final class Doctor implements Callable<Integer> {
    private final Session session;
    private final List<Finding> findings = new ArrayList<>();

    public Doctor(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        findings.add(Finding.ok("Java", System.getProperty("java.version", "")));
        ClusterFile file = file();
        Temporal temporal = temporal();
        if (temporal == null) {
            findings.add(Finding.unknown("workers", "not asked: Temporal does not answer"));
        } else {
            attributes(temporal);
            stuck(temporal);
            if (workers(temporal) && file != null) {
                world(file);
            }
        }
        session.result(findings, findings.stream().map(Finding::line).toList());
        return Finding.exitCode(findings);
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
            findings.add(Finding.ok(
                    "Temporal", "answers at %s, namespace %s".formatted(temporal.address(), temporal.namespace())));
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

    private boolean workers(Temporal temporal) {
        try {
            List<String> workers = temporal.pollers(Names.TASK_QUEUE);
            findings.add(
                    workers.isEmpty()
                            ? Finding.stops(
                                    "workers",
                                    "none polls task queue %s; start one: ./sluice worker".formatted(Names.TASK_QUEUE))
                            : Finding.ok(
                                    "workers",
                                    "%d seen lately: %s".formatted(workers.size(), String.join(", ", workers))));
            return !workers.isEmpty();
        } catch (Trouble unanswered) {
            findings.add(Finding.unknown("workers", unanswered.sentence()));
            return false;
        }
    }

    private void world(ClusterFile file) {
        try {
            ClusterReport world = new Reading(session).cluster(file);
            findings.addAll(WorldFindings.of(file, world));
        } catch (Trouble unreadable) {
            findings.add(Finding.stops("world", unreadable.sentence()));
        }
    }
}
