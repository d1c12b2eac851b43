package dev.sluice.activities.expiry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.workflows.model.check.RegistryAnswer;
import dev.sluice.workflows.model.check.RegistryAnswer.RegistryOutcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a registry's answer (RFC 9083): the registry's expiration, never the registrar's, and the states. */
final class RdapResponse {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RdapResponse() {}

    static RegistryAnswer read(String domain, String registry, RdapHttpClient.HttpAnswer answer, Instant now) {
        if (answer.status() == 404 && (answer.json() || answer.body().isBlank())) {
            return RegistryAnswer.withoutDate(
                    domain, RegistryOutcome.NOT_REGISTERED, registry, now, "has no such domain (404)");
        }
        if (answer.status() != 200) {
            return unreadable(domain, registry, now, "answers %d".formatted(answer.status()));
        }
        if (!answer.json()) {
            return unreadable(
                    domain,
                    registry,
                    now,
                    "answers with '%s', expected application/rdap+json".formatted(answer.kind()));
        }
        try {
            return read(domain, registry, JSON.readTree(answer.body()), now);
        } catch (JsonProcessingException broken) {
            return unreadable(domain, registry, now, "answers with broken JSON");
        }
    }

    private static RegistryAnswer read(String domain, String registry, JsonNode found, Instant now) {
        String name = found.path("ldhName").asText("").replaceAll("\\.$", "");
        if (!name.equalsIgnoreCase(domain)) {
            return unreadable(domain, registry, now, "answers for '%s', not for this domain".formatted(name));
        }
        List<String> states = new ArrayList<>();
        found.path("status").forEach(state -> states.add(state.asText()));
        String text = "";
        for (JsonNode event : found.path("events")) {
            if (event.path("eventAction").asText().equalsIgnoreCase("expiration")) {
                text = event.path("eventDate").asText();
            }
        }
        if (text.isEmpty()) {
            return new RegistryAnswer(
                    domain,
                    RegistryOutcome.NO_DATE,
                    registry,
                    now,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    states,
                    "names no expiration");
        }
        Optional<Instant> until = instant(text);
        return until.isEmpty()
                ? unreadable(domain, registry, now, "names '%s' as expiration, which is no date".formatted(text))
                : new RegistryAnswer(
                        domain,
                        RegistryOutcome.DATE,
                        registry,
                        now,
                        Optional.empty(),
                        until,
                        Optional.of(now),
                        states,
                        "");
    }

    /** Reads RFC 3339 and the forms that some registries send instead. */
    private static Optional<Instant> instant(String text) {
        String clean = text.strip().replace(' ', 'T');
        try {
            return Optional.of(
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(clean, OffsetDateTime::from, LocalDateTime::from)
                                    instanceof OffsetDateTime exact
                            ? exact.toInstant()
                            : LocalDateTime.parse(clean).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException noTime) {
            return day(clean);
        }
    }

    private static Optional<Instant> day(String text) {
        try {
            return Optional.of(
                    LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }

    static RegistryAnswer unreadable(String domain, String registry, Instant now, String says) {
        return RegistryAnswer.withoutDate(domain, RegistryOutcome.UNREADABLE, registry, now, says);
    }
}
