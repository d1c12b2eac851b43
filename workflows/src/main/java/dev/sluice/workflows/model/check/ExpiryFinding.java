package dev.sluice.workflows.model.check;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A finding about an expiry date.
 *
 * @param where it was seen: an address, a registry, a role
 * @param until the date, where there is one
 * @param strikes checks in a row with the same status; 1 the first time
 * @param says measured, expected and what to do, in one sentence
 */
public record ExpiryFinding(
        ExpiryKind kind,
        String name,
        String where,
        CheckStatus status,
        Optional<Instant> until,
        int strikes,
        String says) {
    /** The kind of thing that expires. */
    public enum ExpiryKind {
        CERTIFICATE,
        DOMAIN,
        TEMPLATE,
        /** Not a date: a run that is stuck on a defect of Sluice. */
        RUN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ExpiryFinding(
            ExpiryKind kind, String name, String where, CheckStatus status, Optional<Instant> until, String says) {
        this(kind, name, where, status, until, 1, says);
    }

    /** Whether an operator should read it. */
    public boolean needsAttention() {
        return switch (status) {
            case WARN, CRITICAL, UNKNOWN -> true;
            case OK, NOT_APPLICABLE -> false;
        };
    }

    /** The same finding on another day has the same key; another status is another finding. */
    public String key() {
        return "%s %s %s %s".formatted(kind.word(), name, where, status);
    }

    /** Returns the finding with that number of checks in a row. */
    public ExpiryFinding withStrikes(int times) {
        return new ExpiryFinding(kind, name, where, status, until, times, says);
    }
}
