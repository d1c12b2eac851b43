package dev.sluice.activities.node.gate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Figures read from a look, in the units that people use. */
final class NodeFigures {
    private NodeFigures() {}

    /** The public host keys on the node's disk, its own first. */
    static List<String> keys(InspectionOutput look) {
        return Arrays.stream(look.text("host", "keys").split(",", -1))
                .filter(key -> !key.isBlank())
                .toList();
    }

    /** A timing in milliseconds; empty if it could not be taken. */
    static OptionalDouble timing(InspectionOutput look, String which) {
        return look.all("timing").stream()
                .map(line -> line.path(which))
                .filter(JsonNode::isNumber)
                .mapToDouble(micros -> micros.asDouble() / 1000)
                .findFirst();
    }

    /** The same as text with one digit after the point; empty text if it could not be taken. */
    static String milliseconds(InspectionOutput look, String which) {
        OptionalDouble time = timing(look, which);
        return time.isPresent() ? String.format(Locale.ROOT, "%.1f", time.getAsDouble()) : "";
    }

    /** The middle one; the mean of the two middle ones of an even number. */
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
