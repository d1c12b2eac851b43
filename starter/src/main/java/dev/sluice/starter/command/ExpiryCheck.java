package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.ExpiryText;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.CheckExpiry;
import dev.sluice.workflows.CheckExpiry.ExpiryPlan;
import dev.sluice.workflows.CheckExpiry.ExpiryReport;
import dev.sluice.workflows.model.ClusterFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Every date that runs out, as it is now. */
@Command(
        name = "expiry",
        description = "Looks at every date that runs out: certificates, domains, templates; exit code 8 with findings.")
public final class ExpiryCheck implements Callable<Integer> {
    private final Session session;

    public ExpiryCheck(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ClusterFile file = session.clusterFile();
        if (file.expiry().isEmpty()) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "The cluster file of %s has no part \"expiry\", so that no dates are watched.  \"expiry: {every: 1h}\" is a beginning; more: docs/configuration.md"
                            .formatted(file.name()));
        }
        String id = Reading.id("expiry/%s".formatted(file.name()));
        session.err().println("Web UI  " + session.links().of(id));
        session.err().flush();
        ExpiryReport report = session.starts()
                .carryOut(
                        CheckExpiry.class,
                        id,
                        Reading.labels(file.name(), "dates of %s, by %s".formatted(file.name(), session.by())),
                        ExpiryReport.class,
                        new ExpiryPlan(file, false));
        session.result(report, ExpiryText.lines(report, session.clock()));
        return ExpiryText.exitCode(report);
    }
}
