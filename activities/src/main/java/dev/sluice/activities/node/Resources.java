package dev.sluice.activities.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.workflows.model.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Whether there is room: disk, inodes, memory, load; and whether clock and log are quiet. */
final class Resources implements Family {
    @Override
    public List<CheckResult> judge(Case given) {
        Look look = given.look();
        return List.of(
                look.judged(Check.DISK, "disk", line -> disk(given, line)),
                look.judged(Check.INODES, "disk", line -> inodes(given, line)),
                look.judged(Check.MEMORY, "memory", line -> memory(given, line)),
                look.judged(Check.LOAD, "cpu", line -> load(given, line)),
                look.judged(Check.CLOCK, "host", line -> clock(given, line)),
                look.judged(Check.ERROR_LOG, "errors", line -> errors(given, line)));
    }

    private static CheckResult disk(Case given, JsonNode line) {
        int used = line.path("used").asInt();
        if (line.path("readonly").asBoolean()) {
            return Check.DISK.critical("the root disk is mounted read-only");
        }
        if (used >= given.limits().diskCritical()) {
            return Check.DISK.critical(
                    "%d %% of / in use, under %d %% expected",
                    used, given.limits().diskCritical());
        }
        return used >= given.limits().diskWarn()
                ? Check.DISK.warn(
                        "%d %% of / in use, better under %d %%",
                        used, given.limits().diskWarn())
                : Check.DISK.ok("%d %% of / in use", used);
    }

    private static CheckResult inodes(Case given, JsonNode line) {
        if (!line.path("inodes").isNumber()) {
            return Check.INODES.notApplicable("the file system of / counts no inodes");
        }
        int used = line.path("inodes").asInt();
        if (used >= given.limits().diskCritical()) {
            return Check.INODES.critical(
                    "%d %% in use, under %d %% expected", used, given.limits().diskCritical());
        }
        return used >= given.limits().diskWarn()
                ? Check.INODES.warn(
                        "%d %% in use, better under %d %%", used, given.limits().diskWarn())
                : Check.INODES.ok("%d %% in use", used);
    }

    private static CheckResult memory(Case given, JsonNode line) {
        long available = line.path("available").asLong() / 1024;
        if (available < given.limits().memoryCritical()) {
            return Check.MEMORY.critical(
                    "%d MiB available, at least %d expected",
                    available, given.limits().memoryCritical());
        }
        return available < given.limits().memoryWarn()
                ? Check.MEMORY.warn(
                        "%d MiB available, better %d", available, given.limits().memoryWarn())
                : Check.MEMORY.ok("%d MiB available", available);
    }

    /** A load says what others do as well, so it never closes the gate. */
    private static CheckResult load(Case given, JsonNode line) {
        double load =
                line.path("load").asDouble() / Math.max(1, line.path("cores").asInt());
        return load > given.limits().loadWarn()
                ? Check.LOAD.warn(
                        "%.1f per core, at most %.1f expected",
                        load, given.limits().loadWarn())
                : Check.LOAD.ok("%.1f per core", load);
    }

    /** The node's clock was read between asking and answering, so only what lies outside is a difference. */
    private static CheckResult clock(Case given, JsonNode line) {
        Instant node = Instant.ofEpochMilli(line.path("now").asLong());
        Duration off = Duration.ZERO;
        if (node.isBefore(given.look().asked())) {
            off = Duration.between(node, given.look().asked());
        }
        if (node.isAfter(given.look().answered())) {
            off = Duration.between(given.look().answered(), node);
        }
        double seconds = off.toMillis() / 1000.0;
        if (seconds > given.limits().clockCritical()) {
            return Check.CLOCK.critical(
                    "%.1f s off the worker's, at most %d s expected",
                    seconds, given.limits().clockCritical());
        }
        return seconds > given.limits().clockWarn()
                ? Check.CLOCK.warn(
                        "%.1f s off the worker's, better under %d s",
                        seconds, given.limits().clockWarn())
                : Check.CLOCK.ok("%.1f s off the worker's", seconds);
    }

    private static CheckResult errors(Case given, JsonNode line) {
        int lines = line.path("lines").asInt();
        return lines > given.limits().errorLinesWarn()
                ? Check.ERROR_LOG.warn(
                        "%d lines of level error or worse since boot, at most %d expected",
                        lines, given.limits().errorLinesWarn())
                : Check.ERROR_LOG.ok("%d lines of level error or worse since boot", lines);
    }
}
