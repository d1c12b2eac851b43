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
 * What the inspection script answered once, as facts that are not yet judged.
 *
 * @param asked the worker's clock before the round trip
 * @param answered and after it
 */
record InspectionOutput(List<JsonNode> lines, Instant asked, Instant answered) {
    private static final ObjectMapper JSON = new ObjectMapper();

    InspectionOutput {
        lines = List.copyOf(lines);
    }

    /** Ignores what a login banner printed; fails with COMMAND_LOST if the end mark is missing or lines are. */
    static InspectionOutput read(NodeName node, String out, Instant asked, Instant answered) {
        List<JsonNode> lines = out.lines()
                .filter(line -> line.startsWith("{\"c\":"))
                .map(line -> line(node, line))
                .toList();
        JsonNode last = lines.isEmpty() ? JSON.createObjectNode() : lines.get(lines.size() - 1);
        if (!last.path("c").asText().equals("end") || last.path("n").asInt() != lines.size() - 1) {
            throw TypedFailures.of(
                    FailureType.COMMAND_LOST,
                    "%s: the answer of the inspection was cut off after %d lines".formatted(node, lines.size()));
        }
        return new InspectionOutput(lines, asked, answered);
    }

    private static JsonNode line(NodeName node, String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException broken) {
            throw TypedFailures.of(
                    FailureType.COMMAND_FAILED,
                    "%s: the inspection printed a line that is no JSON: %s"
                            .formatted(node, line.substring(0, Math.min(120, line.length()))));
        }
    }

    /** All lines of that kind, those with an error or a reason why not included. */
    List<JsonNode> all(String what) {
        return lines.stream()
                .filter(line -> line.path("c").asText().equals(what))
                .toList();
    }

    /** One line of that kind, judged; unknown if it could not be asked, not applicable if it cannot exist. */
    CheckResult judge(GateCheck check, String what, Function<JsonNode, CheckResult> judge) {
        List<JsonNode> found = all(what);
        if (found.isEmpty()) {
            return check.unknown("the node did not answer this question");
        }
        JsonNode line = found.get(0);
        if (line.has("error")) {
            return check.unknown("could not be asked: %s", line.path("error").asText());
        }
        return line.has("na") ? check.notApplicable("%s", line.path("na").asText()) : judge.apply(line);
    }

    /** A value of the first line of that kind; empty text if there is none. */
    String text(String what, String field) {
        return all(what).stream()
                .findFirst()
                .map(line -> line.path(field).asText())
                .orElse("");
    }
}
