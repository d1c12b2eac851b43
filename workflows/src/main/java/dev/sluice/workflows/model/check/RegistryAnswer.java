package dev.sluice.workflows.model.check;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A registry's answer about a domain. Each run passes it to the next, so that a registry is queried once a day.
 *
 * @param registry server that was queried; empty if there is none
 * @param retryAfter time before which the registry accepts no query
 * @param until when the registration ends
 * @param heard when that date was received; an answer without a date keeps the previous one
 * @param states as the registry names them
 * @param says the end of a sentence; empty if there is nothing to say
 */
public record RegistryAnswer(
        String domain,
        RegistryOutcome outcome,
        String registry,
        Instant asked,
        Optional<Instant> retryAfter,
        Optional<Instant> until,
        Optional<Instant> heard,
        List<String> states,
        String says) {
    /** The outcome of a query. */
    public enum RegistryOutcome {
        DATE,
        NO_DATE,
        NOT_REGISTERED,
        /** The registry has no RDAP server. */
        NO_SERVER,
        BUSY,
        UNREADABLE
    }

    public RegistryAnswer {
        states = List.copyOf(states);
    }

    /** Returns an answer with an outcome only. */
    public static RegistryAnswer withoutDate(
            String domain, RegistryOutcome outcome, String registry, Instant asked, String says) {
        return new RegistryAnswer(
                domain,
                outcome,
                registry,
                asked,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                says);
    }

    /** Returns the answer, with the previous answer's date if it has none. */
    public RegistryAnswer withDateOf(RegistryAnswer before) {
        return until.isPresent()
                ? this
                : new RegistryAnswer(
                        domain, outcome, registry, asked, retryAfter, before.until, before.heard, states, says);
    }
}
