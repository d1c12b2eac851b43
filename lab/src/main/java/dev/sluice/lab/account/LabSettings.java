package dev.sluice.lab.account;

import java.util.Map;

/**
 * The limits of the lab's account and the delays of its cloud.
 *
 * @param token the bearer token with all rights
 * @param readOnlyToken a token with read access; a write with it is a 403
 * @param dropletLimit how many droplets the account may have at once
 * @param delays how late effects show
 * @param shutdownSeconds how long the shutdown action waits for the machine before the action is errored
 * @param hourlyRequests requests a token may make in an hour
 * @param minuteRequests requests a token may make in a minute
 * @param keyListRequests requests for the list of SSH keys in 60 seconds
 */
public record LabSettings(
        String token,
        String readOnlyToken,
        int dropletLimit,
        VisibilityDelays delays,
        int shutdownSeconds,
        int hourlyRequests,
        int minuteRequests,
        int keyListRequests) {
    private static final String PER_HOUR = "SLUICE_LAB_REQUESTS_PER_HOUR";

    public LabSettings {
        if (token.isBlank() || token.equals(readOnlyToken)) {
            throw new IllegalArgumentException("the lab needs a token, and another one that may only read");
        }
        if (dropletLimit < 0 || shutdownSeconds < 1) {
            throw new IllegalArgumentException("the lab's limit and times must not be negative");
        }
        if (hourlyRequests < 1 || minuteRequests < 1 || keyListRequests < 1) {
            throw new IllegalArgumentException("each of the lab's request limits must be at least 1");
        }
    }

    /** DigitalOcean's own limits; the token that may only read is {@code token + "-read-only"}. */
    public static LabSettings of(String token) {
        return new LabSettings(token, token + "-read-only", 25, VisibilityDelays.USUAL, 30, 5000, 250, 10);
    }

    /**
     * The usual settings, changed by {@code SLUICE_LAB_DELAYS} and {@code SLUICE_LAB_REQUESTS_PER_HOUR}.
     *
     * @throws IllegalArgumentException if the value of one of them is invalid, with a sentence for the operator
     */
    public static LabSettings of(String token, Map<String, String> environment) {
        LabSettings usual =
                of(token).withDelays(VisibilityDelays.named(environment.getOrDefault("SLUICE_LAB_DELAYS", "")));
        String hourly = environment.getOrDefault(PER_HOUR, "");
        if (hourly.isEmpty()) {
            return usual;
        }
        if (!hourly.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    "%s is \"%s\", but must be a number of requests from 1 to 999999999.".formatted(PER_HOUR, hourly));
        }
        return usual.withRequests(Integer.parseInt(hourly), usual.minuteRequests, usual.keyListRequests);
    }

    public LabSettings withDropletLimit(int limit) {
        return new LabSettings(
                token, readOnlyToken, limit, delays, shutdownSeconds, hourlyRequests, minuteRequests, keyListRequests);
    }

    public LabSettings withDelays(VisibilityDelays others) {
        return new LabSettings(
                token,
                readOnlyToken,
                dropletLimit,
                others,
                shutdownSeconds,
                hourlyRequests,
                minuteRequests,
                keyListRequests);
    }

    public LabSettings withActionMillis(int millis) {
        return withDelays(delays.withAction(millis));
    }

    public LabSettings withTagMillis(int millis) {
        return withDelays(delays.withTag(millis));
    }

    public LabSettings withShutdownSeconds(int seconds) {
        return new LabSettings(
                token, readOnlyToken, dropletLimit, delays, seconds, hourlyRequests, minuteRequests, keyListRequests);
    }

    public LabSettings withRequests(int hourly, int minute, int keyList) {
        return new LabSettings(token, readOnlyToken, dropletLimit, delays, shutdownSeconds, hourly, minute, keyList);
    }
}
