package dev.sluice.workflows.model.check;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a registry said of a domain; runs hand it on, so that it is asked once a day.
 *
 * @param registry who was asked; empty if nobody could be
 * @param retryAfter before then it wants no other question
 * @param until when the registration ends
 * @param heard when that date was said: an answer without one keeps the last date that was heard
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
    /** What came of asking. */
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

    /** An answer that holds nothing but how it went. */
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

    /** The same, with the date of the answer before if this one has none. */
    public RegistryAnswer withDateOf(RegistryAnswer before) {
        return until.isPresent()
                ? this
                : new RegistryAnswer(
                        domain, outcome, registry, asked, retryAfter, before.until, before.heard, states, says);
    }
}
