package dev.sluice.activities.membership;

import dev.sluice.activities.ssh.RemoteText;
import java.util.List;

/** The output of a script on a proxy: lines {@code name|value|value…}. */
record ScriptOutput(List<List<String>> lines) {
    /** A cluster has at most some hundred members, and a proxy answers a few lines about each. */
    private static final int MOST_LINES = 5_000;

    ScriptOutput {
        lines = List.copyOf(lines);
    }

    static ScriptOutput of(String text) {
        return new ScriptOutput(text.lines()
                .limit(MOST_LINES)
                .map(line -> List.of(RemoteText.line(line).split("\\|", -1)))
                .filter(line -> !line.get(0).isBlank())
                .toList());
    }

    /** Returns the first value of that name; empty if there is none. */
    String text(String name) {
        return all(name).stream().findFirst().map(line -> line.get(1)).orElse("");
    }

    int number(String name) {
        String text = text(name);
        return text.matches("-?\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    boolean is(String name, String value) {
        return text(name).equals(value);
    }

    /** Returns all lines of that name with at least one value; the name is their first word. */
    List<List<String>> all(String name) {
        return lines.stream()
                .filter(line -> line.size() > 1 && line.get(0).equals(name))
                .toList();
    }
}
