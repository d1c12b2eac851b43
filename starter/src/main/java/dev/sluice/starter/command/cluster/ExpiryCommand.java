package dev.sluice.starter.command.cluster;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.ShortRuns;
import dev.sluice.starter.text.ExpiryText;
import dev.sluice.workflows.CheckExpiry;
import dev.sluice.workflows.CheckExpiry.ExpiryPlan;
import dev.sluice.workflows.CheckExpiry.ExpiryReport;
import dev.sluice.workflows.model.cluster.ClusterFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Checks the dates that expire. */
@Command(
        name = "expiry",
        description = "Checks the dates that expire: certificates, domains, templates; exit code 8 with findings.")
final class ExpiryCommand implements Callable<Integer> {
    private final CliSession session;

    ExpiryCommand(CliSession session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ClusterFile file = session.clusterFile();
        if (file.expiry().isEmpty()) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The cluster file of %s has no section \"expiry\", so Sluice watches no dates.  Start with \"expiry: {every: 1h}\"; see docs/configuration.md."
                            .formatted(file.name()));
        }
        String id = ShortRuns.uniqueId("expiry/%s".formatted(file.name()));
        session.err().println("Web UI  " + session.links().workflowPage(id));
        session.err().flush();
        ExpiryReport report = session.starts()
                .runToEnd(
                        CheckExpiry.class,
                        id,
                        ShortRuns.labels(
                                file.name(), "dates of %s, by %s".formatted(file.name(), session.requestedBy())),
                        ExpiryReport.class,
                        new ExpiryPlan(file, false));
        session.printResult(report, ExpiryText.lines(report, session.clock()));
        return ExpiryText.exitCode(report);
    }
}
