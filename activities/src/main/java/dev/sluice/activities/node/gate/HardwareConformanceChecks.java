package dev.sluice.activities.node.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckSpec.HardwareRequirements;
import dev.sluice.workflows.model.check.CheckStatus;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** Checks that the hardware meets the requirements and matches the siblings'. */
final class HardwareConformanceChecks implements CheckGroup {
    @Override
    public List<CheckResult> judge(InspectionInput given) {
        InspectionOutput look = given.look();
        HardwareRequirements wanted = given.checks().hardware();
        return List.of(
                look.judge(GateCheck.CPU_MODEL, "cpu", line -> model(given, wanted, line)),
                look.judge(GateCheck.CPU_FLAGS, "cpu", line -> flags(wanted, line)),
                look.judge(GateCheck.CORES, "cpu", line -> cores(wanted, line)),
                look.judge(GateCheck.MEMORY_SIZE, "memory", line -> memory(wanted, line)),
                timing(given, GateCheck.CPU_TIME, "cpu", wanted.cpuFloor()),
                timing(given, GateCheck.FSYNC_TIME, "fsync", wanted.fsyncFloor()));
    }

    private static CheckResult model(InspectionInput given, HardwareRequirements wanted, JsonNode line) {
        String model = line.path("model").asText();
        Set<String> expected = new TreeSet<>(wanted.model());
        if (expected.isEmpty()) {
            given.siblings().values().forEach(other -> expected.add(other.text("cpu", "model")));
        }
        if (expected.isEmpty() || expected.contains(model)) {
            return GateCheck.CPU_MODEL.ok("%s", model);
        }
        CheckStatus status = wanted.strictModel() ? CheckStatus.CRITICAL : CheckStatus.WARN;
        return GateCheck.CPU_MODEL.result(
                status, "is '%s', expected '%s'".formatted(model, String.join("' or '", expected)));
    }

    private static CheckResult flags(HardwareRequirements wanted, JsonNode line) {
        Set<String> there = Set.of(line.path("flags").asText().split(" +"));
        List<String> missing =
                wanted.flags().stream().filter(flag -> !there.contains(flag)).toList();
        return missing.isEmpty()
                ? GateCheck.CPU_FLAGS.ok(
                        "all %d required flags exist", wanted.flags().size())
                : GateCheck.CPU_FLAGS.critical("the CPU lacks %s", String.join(", ", missing));
    }

    private static CheckResult cores(HardwareRequirements wanted, JsonNode line) {
        int cores = line.path("cores").asInt();
        return cores >= wanted.cores()
                ? GateCheck.CORES.ok("%d", cores)
                : GateCheck.CORES.critical("%d, at least %d expected", cores, wanted.cores());
    }

    private static CheckResult memory(HardwareRequirements wanted, JsonNode line) {
        long total = line.path("total").asLong() / 1024;
        return total >= wanted.memory()
                ? GateCheck.MEMORY_SIZE.ok("%d MiB", total)
                : GateCheck.MEMORY_SIZE.critical("%d MiB, at least %d expected", total, wanted.memory());
    }

    /** Critical only above both a multiple of the siblings' median and a floor, so that a busy machine does not close the gate. */
    private static CheckResult timing(InspectionInput given, GateCheck check, String which, int floor) {
        OptionalDouble own = NodeFigures.timing(given.look(), which);
        if (own.isEmpty()) {
            return check.unknown("could not be timed");
        }
        double time = own.getAsDouble();
        OptionalDouble median = NodeFigures.median(given.siblings().values().stream()
                .flatMap(other -> NodeFigures.timing(other, which).stream().boxed())
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
