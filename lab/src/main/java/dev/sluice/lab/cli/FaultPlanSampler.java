package dev.sluice.lab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/**
 * What a plan of faults leaves open, drawn from a seed: a list stands for one of its values, {@code {"from": 1, "to": 5}}
 * for a number between both. The same seed draws the same from the same plan.
 */
final class FaultPlanSampler {
    /** In this order, so that the draw does not hang on how the plan is written. */
    private static final List<String> FIELDS = List.of("name", "operation", "droplet", "nth", "times", "seconds");

    private final Random random;

    FaultPlanSampler(long seed) {
        // Neighbouring seeds of a Random begin alike; spread out they do not.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** The fault as it is to be declared. */
    JsonNode draw(JsonNode fault) {
        if (!(fault instanceof ObjectNode open)) {
            return fault;
        }
        ObjectNode drawn = open.deepCopy();
        for (String field : FIELDS) {
            if (open.has(field)) {
                drawn.set(field, value(open.path(field)));
            }
        }
        return drawn;
    }

    private JsonNode value(JsonNode open) {
        if (open instanceof ArrayNode choices && !choices.isEmpty()) {
            return choices.path(random.nextInt(choices.size()));
        }
        if (open.path("from").isInt() && open.path("to").isInt()) {
            return IntNode.valueOf(
                    between(open.path("from").intValue(), open.path("to").intValue()));
        }
        return open;
    }

    private int between(int from, int to) {
        if (to < from) {
            throw new IllegalArgumentException(
                    "A range of a plan goes upwards, but is from %d to %d.".formatted(from, to));
        }
        return from + random.nextInt(to - from + 1);
    }
}
