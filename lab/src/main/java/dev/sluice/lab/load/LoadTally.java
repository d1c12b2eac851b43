package dev.sluice.lab.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts the results of all requests. Safe for several threads. */
final class LoadTally {
    private final Map<RequestResult, Long> results = new TreeMap<>();
    private final Map<String, Long> members = new TreeMap<>();
    private final Map<String, Long> failedAt = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private long slowest;

    /** How one request ended. */
    enum RequestResult {
        OK,
        /** A reused connection was closed before the first byte of a response: a client may retry. */
        STALE,
        STATUS,
        RESET,
        TIMEOUT,
        REFUSED,
        NO_ADDRESS;

        boolean failed() {
            return this != OK && this != STALE;
        }
    }

    /** @param at the address of the request; empty without one */
    synchronized void count(RequestResult result, String at, String member, long millis, String detail) {
        results.merge(result, 1L, Long::sum);
        slowest = Math.max(slowest, millis);
        if (result == RequestResult.OK) {
            members.merge(member, 1L, Long::sum);
        } else if (failures.size() < 200) {
            failures.add("%s %s %s".formatted(result, at, detail));
        }
        if (result.failed()) {
            failedAt.merge(at, 1L, Long::sum);
        }
    }

    synchronized long requests() {
        return results.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized long failed() {
        return results.entrySet().stream()
                .filter(entry -> entry.getKey().failed())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    synchronized long stale() {
        return results.getOrDefault(RequestResult.STALE, 0L);
    }

    /** One line of JSON with all figures; times in milliseconds. */
    synchronized String json() {
        return "{\"requests\":%d,\"failed\":%d,\"stale\":%d,\"slowest\":%d,\"members\":{%s},\"failedAt\":{%s},\"failures\":[%s]}"
                .formatted(
                        requests(),
                        failed(),
                        stale(),
                        slowest,
                        fields(members),
                        fields(failedAt),
                        failures.stream()
                                .map(line -> "\"" + line.replaceAll("[\"\\\\\\p{Cntrl}]", "'") + "\"")
                                .collect(Collectors.joining(",")));
    }

    private static String fields(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> "\"%s\":%d".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(","));
    }
}
