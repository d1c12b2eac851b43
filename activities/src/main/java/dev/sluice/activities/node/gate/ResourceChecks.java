package dev.sluice.activities.node.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.workflows.model.check.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Checks disk, inodes, memory, load, clock and error log. */
final class ResourceChecks implements CheckGroup {
    @Override
    public List<CheckResult> judge(InspectionInput given) {
        InspectionOutput look = given.look();
        return List.of(
                look.judge(GateCheck.DISK, "disk", line -> disk(given, line)),
                look.judge(GateCheck.INODES, "disk", line -> inodes(given, line)),
                look.judge(GateCheck.MEMORY, "memory", line -> memory(given, line)),
                look.judge(GateCheck.LOAD, "cpu", line -> load(given, line)),
                look.judge(GateCheck.CLOCK, "host", line -> clock(given, line)),
                look.judge(GateCheck.ERROR_LOG, "errors", line -> errors(given, line)));
    }

    private static CheckResult disk(InspectionInput given, JsonNode line) {
        int used = line.path("used").asInt();
        if (line.path("readonly").asBoolean()) {
            return GateCheck.DISK.critical("the root disk is mounted read-only");
        }
        if (used >= given.limits().diskCritical()) {
            return GateCheck.DISK.critical(
                    "%d %% of / in use, under %d %% expected",
                    used, given.limits().diskCritical());
        }
        return used >= given.limits().diskWarn()
                ? GateCheck.DISK.warn(
                        "%d %% of / in use, better under %d %%",
                        used, given.limits().diskWarn())
                : GateCheck.DISK.ok("%d %% of / in use", used);
    }

    private static CheckResult inodes(InspectionInput given, JsonNode line) {
        if (!line.path("inodes").isNumber()) {
            return GateCheck.INODES.notApplicable("the file system of / counts no inodes");
        }
        int used = line.path("inodes").asInt();
        if (used >= given.limits().diskCritical()) {
            return GateCheck.INODES.critical(
                    "%d %% in use, under %d %% expected", used, given.limits().diskCritical());
        }
        return used >= given.limits().diskWarn()
                ? GateCheck.INODES.warn(
                        "%d %% in use, better under %d %%", used, given.limits().diskWarn())
                : GateCheck.INODES.ok("%d %% in use", used);
    }

    private static CheckResult memory(InspectionInput given, JsonNode line) {
        long available = line.path("available").asLong() / 1024;
        if (available < given.limits().memoryCritical()) {
            return GateCheck.MEMORY.critical(
                    "%d MiB available, at least %d expected",
                    available, given.limits().memoryCritical());
        }
        return available < given.limits().memoryWarn()
                ? GateCheck.MEMORY.warn(
                        "%d MiB available, better %d", available, given.limits().memoryWarn())
                : GateCheck.MEMORY.ok("%d MiB available", available);
    }

    /** Checks the load. Neighbours on the host affect it, so it never closes the gate. */
    private static CheckResult load(InspectionInput given, JsonNode line) {
        double load =
                line.path("load").asDouble() / Math.max(1, line.path("cores").asInt());
        return load > given.limits().loadWarn()
                ? GateCheck.LOAD.warn(
                        "%.1f per core, at most %.1f expected",
                        load, given.limits().loadWarn())
                : GateCheck.LOAD.ok("%.1f per core", load);
    }

    /** Compares the clocks. The node read its clock during the round trip, so only a time outside of it is a difference. */
    private static CheckResult clock(InspectionInput given, JsonNode line) {
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
            return GateCheck.CLOCK.critical(
                    "%.1f s off the worker's, at most %d s expected",
                    seconds, given.limits().clockCritical());
        }
        return seconds > given.limits().clockWarn()
                ? GateCheck.CLOCK.warn(
                        "%.1f s off the worker's, better under %d s",
                        seconds, given.limits().clockWarn())
                : GateCheck.CLOCK.ok("%.1f s off the worker's", seconds);
    }

    private static CheckResult errors(InspectionInput given, JsonNode line) {
        int lines = line.path("lines").asInt();
        return lines > given.limits().errorLinesWarn()
                ? GateCheck.ERROR_LOG.warn(
                        "%d lines of level error or worse since boot, at most %d expected",
                        lines, given.limits().errorLinesWarn())
                : GateCheck.ERROR_LOG.ok("%d lines of level error or worse since boot", lines);
    }
}
