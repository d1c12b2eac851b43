package dev.sluice.starter.init;

import dev.sluice.starter.clusterfile.ClusterFileProblem;
import dev.sluice.starter.clusterfile.WordSuggestion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks questions at the terminal, each until the answer is valid. */
final class TerminalPrompt {
    private final BufferedReader in;
    private final PrintWriter out;

    public TerminalPrompt(BufferedReader in, PrintWriter out) {
        this.in = in;
        this.out = out;
    }

    /**
     * One question.
     *
     * @param key its key in the cluster file
     * @param usual the default for an empty answer; empty if there is none
     * @param choices the possible answers; empty if they are unknown
     */
    public record PromptQuestion(String key, String words, String usual, List<String> choices) {
        public PromptQuestion {
            choices = List.copyOf(choices);
        }
    }

    /** Returns the first answer without a problem; empty at the end of the input. */
    public Optional<String> ask(PromptQuestion question, Function<String, List<ClusterFileProblem>> check) {
        if (!question.choices().isEmpty()) {
            out.println("  possible: " + String.join(", ", question.choices()));
        }
        while (true) {
            out.print(question.words() + (question.usual().isEmpty() ? ": " : " [" + question.usual() + "]: "));
            out.flush();
            String line = line();
            if (line == null) {
                return Optional.empty();
            }
            String answer = line.isBlank() ? question.usual() : line.strip();
            Optional<String> wrong = wrong(question, answer, check);
            if (wrong.isEmpty()) {
                return Optional.of(answer);
            }
            out.println("  " + wrong.get());
        }
    }

    private static Optional<String> wrong(
            PromptQuestion question, String answer, Function<String, List<ClusterFileProblem>> check) {
        if (!question.choices().isEmpty() && !question.choices().contains(answer)) {
            return Optional.of(
                    "\"%s\" does not exist%s".formatted(answer, WordSuggestion.suggest(answer, question.choices())));
        }
        return check.apply(answer).stream()
                .filter(problem ->
                        problem.path().equals(question.key()) || problem.path().endsWith("." + question.key()))
                .map(ClusterFileProblem::says)
                .findFirst();
    }

    private @org.jspecify.annotations.Nullable String line() {
        try {
            return in.readLine();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
