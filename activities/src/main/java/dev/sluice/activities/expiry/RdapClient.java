package dev.sluice.activities.expiry;

import dev.sluice.workflows.model.check.RegistryAnswer;
import dev.sluice.workflows.model.check.RegistryAnswer.RegistryOutcome;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Queries registries by RDAP for the expiration of domains; a failure is an answer as well. */
final class RdapClient {
    /** Registries limit the rate of queries, so few run in parallel. */
    private static final int TOGETHER = 16;
    /** Up to this wait the query is repeated; after a longer one a later run queries again. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(2);

    private static final Duration USUAL_WAIT = Duration.ofMinutes(10);

    private final RdapHttpClient wire;
    private final Clock clock;

    RdapClient(ExpiryLimits limits, Clock clock) {
        this.wire = new RdapHttpClient(limits);
        this.clock = clock;
    }

    /** Returns one answer for each domain, in the same order. */
    List<RegistryAnswer> ask(List<String> domains, String list) {
        if (domains.isEmpty()) {
            return List.of();
        }
        try {
            RdapBootstrap registries = RdapBootstrap.read(wire, list);
            return ParallelCalls.runAll(
                    domains.stream()
                            .<Callable<RegistryAnswer>>map(domain -> () -> ask(domain, registries))
                            .toList(),
                    TOGETHER);
        } catch (IOException | IllegalArgumentException unreadable) {
            String says = "the list of registries %s %s".formatted(list, unreadable.getMessage());
            return domains.stream()
                    .map(domain -> RdapResponse.unreadable(domain, "", clock.instant(), says))
                    .toList();
        }
    }

    private RegistryAnswer ask(String domain, RdapBootstrap registries) {
        Optional<String> server = registries.serverOf(domain);
        if (server.isEmpty()) {
            return RegistryAnswer.withoutDate(
                    domain, RegistryOutcome.NO_SERVER, "", clock.instant(), "its registry offers no RDAP");
        }
        String registry = server.get();
        try {
            URI question = URI.create(registry + "domain/" + domain);
            return answer(domain, host(registry), question);
        } catch (IOException | IllegalArgumentException failure) {
            return RdapResponse.unreadable(
                    domain, host(registry), clock.instant(), String.valueOf(failure.getMessage()));
        }
    }

    private RegistryAnswer answer(String domain, String registry, URI question) throws IOException {
        RdapHttpClient.HttpAnswer answer = wire.get(question);
        if (isBusy(answer) && wait(answer).compareTo(SHORT_WAIT) <= 0) {
            pause(wait(answer));
            answer = wire.get(question);
        }
        return isBusy(answer)
                ? busy(domain, registry, wait(answer))
                : RdapResponse.read(domain, registry, answer, clock.instant());
    }

    private static boolean isBusy(RdapHttpClient.HttpAnswer answer) {
        return answer.status() == 429 || answer.status() == 503;
    }

    private RegistryAnswer busy(String domain, String registry, Duration wait) {
        Instant now = clock.instant();
        return new RegistryAnswer(
                domain,
                RegistryOutcome.BUSY,
                registry,
                now,
                Optional.of(now.plus(wait)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "accepts no query for %d s".formatted(wait.toSeconds()));
    }

    /** Reads seconds or a date (RFC 9110); defaults to ten minutes and never exceeds a day. */
    private Duration wait(RdapHttpClient.HttpAnswer answer) {
        Duration wait = answer.retryAfter().flatMap(this::wait).orElse(USUAL_WAIT);
        Duration day = Duration.ofDays(1);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(day) > 0 ? day : wait;
    }

    private Optional<Duration> wait(String text) {
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(clock.instant(), date.toInstant()));
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }

    private static void pause(Duration wait) throws IOException {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("the worker is stopping", stopped);
        }
    }

    private static String host(String base) {
        String host = URI.create(base).getHost();
        return host == null ? base : host;
    }
}
