package dev.sluice.starter.command.run;

import dev.sluice.workflows.CheckExpiry;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.ExpiryFinding.ExpiryKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Dates that nobody looked at: how they are told is what is tested. */
public final class FakeCheckExpiry implements CheckExpiry {
    @Override
    public ExpiryReport run(ExpiryPlan plan) {
        if (plan.tell()) {
            throw new IllegalStateException("A person who looks reads it anyway");
        }
        return new ExpiryReport(
                Instant.parse("2026-11-22T12:00:00Z"),
                List.of(
                        new ExpiryFinding(
                                ExpiryKind.CERTIFICATE,
                                "www.hello.example",
                                "203.0.113.5:443",
                                CheckStatus.CRITICAL,
                                Optional.of(Instant.parse("2026-11-26T12:00:00Z")),
                                "it ends in 4 days. Renew it with: certbot renew"),
                        new ExpiryFinding(
                                ExpiryKind.DOMAIN,
                                "hello.example",
                                "rdap.example",
                                CheckStatus.OK,
                                Optional.of(Instant.parse("2031-05-31T12:00:00Z")),
                                "1650 days left")),
                List.of(),
                Map.of(),
                List.of("the notice could not be sent: the webhook answers 500"));
    }
}
