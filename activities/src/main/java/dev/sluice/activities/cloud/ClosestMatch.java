package dev.sluice.activities.cloud;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Suggests the known word that is closest to a mistyped one. */
final class ClosestMatch {
    private ClosestMatch() {}

    /** Returns the end of a message, such as {@code ; did you mean 'fra1'?}, or the known words if none is close. */
    static String suggest(String word, Collection<String> known) {
        Optional<String> nearest = known.stream()
                .min(Comparator.comparingInt((String other) -> distance(word, other))
                        .thenComparing(Comparator.naturalOrder()));
        if (nearest.isEmpty()) {
            return "; there are none";
        }
        if (distance(word, nearest.get()) <= Math.max(2, word.length() / 3)) {
            return "; did you mean '%s'?".formatted(nearest.get());
        }
        return "; there are: "
                + String.join(", ", known.stream().sorted().limit(12).toList());
    }

    /** The Levenshtein distance: letters to change, add or remove. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int same = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(same, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
