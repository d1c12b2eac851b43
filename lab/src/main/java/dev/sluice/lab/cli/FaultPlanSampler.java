package dev.sluice.lab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/**
 * Draws the values that a plan of faults leaves open: a list stands for one of its values, {@code {"from": 1, "to": 5}} for
 * a number between both. The same seed and plan give the same values.
 */
final class FaultPlanSampler {
    /** The fixed order makes the draw independent of the plan's order. */
    private static final List<String> FIELDS = List.of("name", "operation", "droplet", "nth", "times", "seconds");

    private final Random random;

    FaultPlanSampler(long seed) {
        // Neighbouring seeds of a Random begin alike; the multiplication spreads them.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** Returns the fault with a value for each open field. */
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
                    "The range of a plan must go upwards, but is from %d to %d.".formatted(from, to));
        }
        return from + random.nextInt(to - from + 1);
    }
}
