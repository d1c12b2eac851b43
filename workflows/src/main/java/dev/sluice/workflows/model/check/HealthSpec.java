package dev.sluice.workflows.model.check;

import java.time.Duration;

/**
 * What is asked of an application to know whether it serves: by the proxies' own health checks, the gate, the guards, the
 * probation, and the comparison of proxies. A status from 200 to 399 is a good answer, as Apache's health check has it.
 *
 * @param path of the health check
 * @param host that pinned requests and guards ask for; Apache's own health check asks for the member's address instead
 * @param page of the application that probation and comparison ask for
 * @param interval between two health checks of a proxy
 * @param fails health checks that must fail before a proxy takes a member out
 * @param passes health checks that must pass before a proxy takes it in
 */
public record HealthSpec(String path, String host, String page, Duration interval, int fails, int passes) {
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    /** What a cluster file without a word about it means. */
    public static HealthSpec standard(String host) {
        return new HealthSpec("/health", host, "/", INTERVAL, 2, 2);
    }

    /** Whether a status is a good answer. */
    public static boolean isGood(int status) {
        return status >= 200 && status <= 399;
    }
}
