package dev.sluice.activities.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.workflows.model.CheckResult;
import dev.sluice.workflows.model.CheckStatus;
import dev.sluice.workflows.model.Checks.Hardware;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** Whether the hardware under this clone is as good as it must be, and as its siblings'. */
final class HardwareConformance implements Family {
    @Override
    public List<CheckResult> judge(Case given) {
        Look look = given.look();
        Hardware wanted = given.checks().hardware();
        return List.of(
                look.judged(Check.CPU_MODEL, "cpu", line -> model(given, wanted, line)),
                look.judged(Check.CPU_FLAGS, "cpu", line -> flags(wanted, line)),
                look.judged(Check.CORES, "cpu", line -> cores(wanted, line)),
                look.judged(Check.MEMORY_SIZE, "memory", line -> memory(wanted, line)),
                timing(given, Check.CPU_TIME, "cpu", wanted.cpuFloor()),
                timing(given, Check.FSYNC_TIME, "fsync", wanted.fsyncFloor()));
    }

    private static CheckResult model(Case given, Hardware wanted, JsonNode line) {
        String model = line.path("model").asText();
        Set<String> expected = new TreeSet<>(wanted.model());
        if (expected.isEmpty()) {
            given.siblings().values().forEach(other -> expected.add(other.text("cpu", "model")));
        }
        if (expected.isEmpty() || expected.contains(model)) {
            return Check.CPU_MODEL.ok("%s", model);
        }
        CheckStatus status = wanted.strictModel() ? CheckStatus.CRITICAL : CheckStatus.WARN;
        return Check.CPU_MODEL.is(status, "is '%s', expected '%s'".formatted(model, String.join("' or '", expected)));
    }

    private static CheckResult flags(Hardware wanted, JsonNode line) {
        Set<String> there = Set.of(line.path("flags").asText().split(" +"));
        List<String> missing =
                wanted.flags().stream().filter(flag -> !there.contains(flag)).toList();
        return missing.isEmpty()
                ? Check.CPU_FLAGS.ok(
                        "all %d wanted flags are there", wanted.flags().size())
                : Check.CPU_FLAGS.critical("the CPU lacks %s", String.join(", ", missing));
    }

    private static CheckResult cores(Hardware wanted, JsonNode line) {
        int cores = line.path("cores").asInt();
        return cores >= wanted.cores()
                ? Check.CORES.ok("%d", cores)
                : Check.CORES.critical("%d, at least %d expected", cores, wanted.cores());
    }

    private static CheckResult memory(Hardware wanted, JsonNode line) {
        long total = line.path("total").asLong() / 1024;
        return total >= wanted.memory()
                ? Check.MEMORY_SIZE.ok("%d MiB", total)
                : Check.MEMORY_SIZE.critical("%d MiB, at least %d expected", total, wanted.memory());
    }

    /** Critical only above both the siblings' pace and a floor, so that a busy machine does not close the gate. */
    private static CheckResult timing(Case given, Check check, String which, int floor) {
        OptionalDouble own = Facts.timing(given.look(), which);
        if (own.isEmpty()) {
            return check.unknown("could not be timed");
        }
        double time = own.getAsDouble();
        OptionalDouble median = Facts.median(given.siblings().values().stream()
                .flatMap(other -> Facts.timing(other, which).stream().boxed())
                .toList());
        if (median.isEmpty()) {
            return time > floor
                    ? check.warn("median of five %.1f ms, over %d ms, and no member to compare with", time, floor)
                    : check.ok("median of five %.1f ms, no member to compare with", time);
        }
        double limit = Math.max(floor, given.checks().hardware().times() * median.getAsDouble());
        return time > limit
                ? check.critical(
                        "median of five %.1f ms, members' median %.1f ms, at most %.1f ms expected",
                        time, median.getAsDouble(), limit)
                : check.ok("median of five %.1f ms, members' median %.1f ms", time, median.getAsDouble());
    }
}
