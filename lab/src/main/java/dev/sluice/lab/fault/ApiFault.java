package dev.sluice.lab.fault;

import java.util.Locale;
import java.util.Optional;

/** The faults of requests, by the names that {@code sluice lab break} uses. */
public enum ApiFault {
    /** The droplet is created, but the connection ends without an answer. */
    CREATE_ANSWER_LOST("POST /v2/droplets", 0),
    /** The connection ends without an answer, and the droplet is created some seconds later. */
    CREATE_ANSWER_LATE("POST /v2/droplets", 2),
    /** 429 without effect; the seconds are its Retry-After, 0 for none. */
    TOO_MANY_REQUESTS("", 1),
    /** 503 without effect. */
    ERROR_BEFORE("", 0),
    /** 503, but the request had its effect. */
    ERROR_AFTER("", 0),
    /** The connection ends without an answer, but the request had its effect. */
    ANSWER_LOST("", 0),
    /** 503 for the deletion of a droplet, which stays. */
    DELETE_FAILS("DELETE /v2/droplets/{droplet}", 0),
    /** 204 for the deletion of a droplet, which stays for as many seconds. */
    DELETE_TAKES_MINUTES("DELETE /v2/droplets/{droplet}", 120),
    /** The creation runs twice: two droplets of one name. */
    DUPLICATE_CREATE("POST /v2/droplets", 0),
    /** 422 for a creation, as for a deleted image. */
    SNAPSHOT_GONE("POST /v2/droplets", 0),
    /** The records change, but the name server serves the earlier ones for as many seconds. */
    DNS_ANSWERS_OLD("POST /v2/domains/{domain}/records", 60);

    private final String operation;
    private final int seconds;

    ApiFault(String operation, int seconds) {
        this.operation = operation;
        this.seconds = seconds;
    }

    /** The name on the command line, such as {@code create-answer-lost}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The operation that it strikes by default; empty for any. */
    public String operation() {
        return operation;
    }

    /** Its default seconds. */
    public int seconds() {
        return seconds;
    }

    public static Optional<ApiFault> named(String word) {
        for (ApiFault fault : values()) {
            if (fault.word().equals(word)) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
