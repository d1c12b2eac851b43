package dev.sluice.starter.clusterfile;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Suggests a known word for an unknown one. */
public final class WordSuggestion {
    private WordSuggestion() {}

    /** Returns {@code "; did you mean X?"}, or the list of known words. */
    public static String suggest(String word, Collection<String> known) {
        if (known.isEmpty()) {
            return "; none exist";
        }
        return nearest(word, known)
                .map("; did you mean %s?"::formatted)
                .orElseGet(() -> "; expected one of " + String.join(", ", known));
    }

    static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(other -> distance(word, other)))
                .filter(other -> distance(word, other) <= Math.max(1, Math.min(word.length(), other.length()) / 2));
    }

    /** Returns Levenshtein's distance, in single-letter edits. */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
