package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.LeaksText;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.FindLeaks.LeakPlan;
import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.model.ClusterFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What nobody owns any more. */
@Command(name = "leaks", description = "Finds what carries Sluice's tags without a living owner.")
public final class Leaks implements Callable<Integer> {
    private final Session session;

    @Option(names = "--fix", description = "Removes it, once it takes no traffic.")
    boolean fix;

    @Option(
            names = "--unknown-owner",
            description = "Also removes what an owner left that Temporal does not know; needs --reason.")
    boolean unknownOwner;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why; everybody gets to read it.")
    String reason = "";

    public Leaks(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ClusterFile file = session.clusterFile();
        if (unknownOwner && (reason.isBlank() || !fix)) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "--unknown-owner needs --fix and --reason: that owner may live in another namespace.");
        }
        String id = "leaks/%s".formatted(file.name());
        session.err().println("Web UI  " + session.links().of(id));
        session.err().flush();
        LeakReport report = session.starts()
                .carryOut(
                        FindLeaks.class,
                        id,
                        Reading.labels(file.name(), "leaks of %s, by %s".formatted(file.name(), session.by())),
                        LeakReport.class,
                        new LeakPlan(file, fix, unknownOwner, session.by(), reason));
        session.result(report, LeaksText.lines(report, fix));
        return LeaksText.exitCode(report);
    }
}
