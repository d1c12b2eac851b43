package dev.sluice.activities.node.gate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Reads figures from the output of an inspection, in readable units. */
final class NodeFigures {
    private NodeFigures() {}

    /** Returns the public host keys on the node's disk, its own first. */
    static List<String> keys(InspectionOutput look) {
        return Arrays.stream(look.text("host", "keys").split(",", -1))
                .filter(key -> !key.isBlank())
                .toList();
    }

    /** Returns a timing in milliseconds; empty if it could not be measured. */
    static OptionalDouble timing(InspectionOutput look, String which) {
        return look.all("timing").stream()
                .map(line -> line.path(which))
                .filter(JsonNode::isNumber)
                .mapToDouble(micros -> micros.asDouble() / 1000)
                .findFirst();
    }

    /** Returns the same as text with one decimal digit; empty if it could not be measured. */
    static String milliseconds(InspectionOutput look, String which) {
        OptionalDouble time = timing(look, which);
        return time.isPresent() ? String.format(Locale.ROOT, "%.1f", time.getAsDouble()) : "";
    }

    /** Returns the median. */
    static OptionalDouble median(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}
