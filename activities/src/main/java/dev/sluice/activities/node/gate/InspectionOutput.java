package dev.sluice.activities.node.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * The output of one inspection script: facts before they are judged.
 *
 * @param asked the worker's clock before the round trip
 * @param answered the worker's clock after it
 */
record InspectionOutput(List<JsonNode> lines, Instant asked, Instant answered) {
    private static final ObjectMapper JSON = new ObjectMapper();

    InspectionOutput {
        lines = List.copyOf(lines);
    }

    /** Reads the output and ignores a login banner; fails with COMMAND_LOST if the end mark or lines are missing. */
    static InspectionOutput read(NodeName node, String out, Instant asked, Instant answered) {
        List<JsonNode> lines = out.lines()
                .filter(line -> line.startsWith("{\"c\":"))
                .map(line -> line(node, line))
                .toList();
        JsonNode last = lines.isEmpty() ? JSON.createObjectNode() : lines.get(lines.size() - 1);
        if (!last.path("c").asText().equals("end") || last.path("n").asInt() != lines.size() - 1) {
            throw TypedFailures.of(
                    FailureType.COMMAND_LOST,
                    "%s: the output of the inspection was cut off after %d lines".formatted(node, lines.size()));
        }
        return new InspectionOutput(lines, asked, answered);
    }

    private static JsonNode line(NodeName node, String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException broken) {
            throw TypedFailures.of(
                    FailureType.COMMAND_FAILED,
                    "%s: the inspection printed a line that is not JSON: %s"
                            .formatted(node, line.substring(0, Math.min(120, line.length()))));
        }
    }

    /** All lines of that kind, including those with an error or a reason why they do not apply. */
    List<JsonNode> all(String what) {
        return lines.stream()
                .filter(line -> line.path("c").asText().equals(what))
                .toList();
    }

    /** Judges the first line of that kind: unknown if the node could not read it, not applicable if it cannot exist. */
    CheckResult judge(GateCheck check, String what, Function<JsonNode, CheckResult> judge) {
        List<JsonNode> found = all(what);
        if (found.isEmpty()) {
            return check.unknown("the node did not report it");
        }
        JsonNode line = found.get(0);
        if (line.has("error")) {
            return check.unknown("could not be read: %s", line.path("error").asText());
        }
        return line.has("na") ? check.notApplicable("%s", line.path("na").asText()) : judge.apply(line);
    }

    /** Returns a field of the first line of that kind; empty if there is none. */
    String text(String what, String field) {
        return all(what).stream()
                .findFirst()
                .map(line -> line.path(field).asText())
                .orElse("");
    }
}
