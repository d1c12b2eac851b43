package dev.sluice.workflows.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a page of docs/: its numbered steps, their names and their activities. */
public final class DocumentPage {
    private static final Pattern ACTIVITY = Pattern.compile("`([A-Z][a-z]+\\.[A-Z]\\w+)`");
    private static final Pattern STEP = Pattern.compile("^(?:\\d+\\.|\\| \\d+ \\|) \\*\\*([^*]+)\\*\\*");

    private final List<String> lines;

    private DocumentPage(List<String> lines) {
        this.lines = lines;
    }

    public static DocumentPage of(String path) {
        try {
            return new DocumentPage(Files.readAllLines(Path.of("..", "docs").resolve(path)));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The part under that heading. */
    public DocumentPage under(String heading) {
        int start = lines.indexOf("## " + heading);
        if (start < 0) {
            throw new AssertionError("The page has no heading '## %s'".formatted(heading));
        }
        List<String> part = new ArrayList<>();
        for (String line : lines.subList(start + 1, lines.size())) {
            if (line.startsWith("## ")) {
                break;
            }
            part.add(line);
        }
        return new DocumentPage(part);
    }

    /** The bold words of the numbered steps. */
    public List<String> steps() {
        return lines.stream()
                .map(STEP::matcher)
                .filter(Matcher::find)
                .map(match -> match.group(1))
                .toList();
    }

    /** The activities that the page names, in order. */
    public List<String> activities() {
        return lines.stream()
                .flatMap(line -> ACTIVITY.matcher(line).results())
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** The cells of the table's rows. */
    public List<List<String>> rows() {
        return lines.stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
                .toList();
    }
}
