package dev.sluice.starter.clusterfile;

import dev.sluice.starter.text.SentenceFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Reports an invalid cluster file with all its errors. */
public final class InvalidClusterFileException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<ClusterFileProblem> problems;

    /** Reports a file that cannot be read at all. */
    InvalidClusterFileException(String sentence) {
        super(sentence);
        this.problems = List.of();
    }

    InvalidClusterFileException(String file, List<ClusterFileProblem> problems) {
        super("%s is not valid (%s):%n%s"
                .formatted(
                        file,
                        SentenceFormat.count(problems.size(), "error"),
                        problems.stream()
                                .map(problem -> "  " + problem)
                                .collect(Collectors.joining(System.lineSeparator()))));
        this.problems = List.copyOf(problems);
    }

    /** Returns the errors; empty if the file could not be read at all. */
    public List<ClusterFileProblem> problems() {
        return problems;
    }

    /** Returns the text for the operator: a heading, then a line for each error. */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
