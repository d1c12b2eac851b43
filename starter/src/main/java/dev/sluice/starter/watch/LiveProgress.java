package dev.sluice.starter.watch;

import dev.sluice.starter.run.RunView;
import dev.sluice.starter.text.RunText;
import dev.sluice.starter.text.StepText;
import dev.sluice.workflows.model.report.StepReport;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Redraws a region of the terminal whenever something has changed. */
final class LiveProgress implements ProgressDisplay {
    private static final String UP_AND_CLEAR = "\u001b[%dA\r\u001b[J";

    private final PrintWriter to;
    private final Clock clock;
    private final boolean colours;
    private final Supplier<TerminalSize.TerminalDimensions> size;
    private final Set<String> notes = new LinkedHashSet<>();
    private List<String> all = List.of();
    private List<String> shown = List.of();

    LiveProgress(PrintWriter to, Clock clock, boolean colours, Supplier<TerminalSize.TerminalDimensions> size) {
        this.to = to;
        this.clock = clock;
        this.colours = colours;
        this.size = size;
    }

    @Override
    public void show(RunView view) {
        notes.addAll(RunText.facts(view));
        List<String> lines = new ArrayList<>();
        notes.forEach(note -> lines.addAll(wrapped(note)));
        for (RunText.NodeSection section : RunText.sections(view, clock.instant())) {
            lines.add("");
            section.node().ifPresent(node -> lines.add("  " + node));
            section.lines()
                    .forEach(line ->
                            wrapped("  " + line.text()).forEach(part -> lines.add(coloured(line.state(), part))));
        }
        all = List.copyOf(lines);
        draw(fitting(all));
    }

    @Override
    public void note(String sentence) {
        if (notes.add(sentence)) {
            List<String> lines = new ArrayList<>(all);
            lines.addAll(wrapped(sentence));
            all = List.copyOf(lines);
            draw(fitting(all));
        }
    }

    @Override
    public void end() {
        draw(all);
        to.println();
        to.flush();
        shown = List.of();
        all = List.of();
    }

    /** Returns the last lines, because lines that have scrolled off the screen cannot be redrawn. */
    private List<String> fitting(List<String> lines) {
        int most = Math.max(5, size.get().rows() - 2);
        return lines.size() <= most ? lines : lines.subList(lines.size() - most, lines.size());
    }

    private void draw(List<String> lines) {
        if (lines.equals(shown)) {
            return;
        }
        StringBuilder text = new StringBuilder();
        if (!shown.isEmpty()) {
            text.append(UP_AND_CLEAR.formatted(shown.size()));
        }
        lines.forEach(line -> text.append(line).append("\r\n"));
        to.print(text);
        to.flush();
        shown = List.copyOf(lines);
    }

    /** Wraps a line at blanks. A line that the terminal wraps would make the region taller than its count of lines. */
    private List<String> wrapped(String line) {
        int most = Math.max(20, size.get().columns() - 1);
        List<String> parts = new ArrayList<>();
        String rest = indentation(line) + StepText.clean(line);
        while (rest.length() > most) {
            int blank = rest.lastIndexOf(' ', most);
            int end = blank > most / 2 ? blank : most;
            parts.add(rest.substring(0, end).stripTrailing());
            rest = "      " + rest.substring(end).strip();
        }
        parts.add(rest);
        return parts;
    }

    private static String indentation(String line) {
        return " ".repeat(line.length() - line.stripLeading().length());
    }

    private String coloured(StepReport.StepState state, String line) {
        if (!colours) {
            return line;
        }
        return switch (state) {
            case DONE, NOT_NEEDED -> "\u001b[32m" + line + "\u001b[0m";
            case FAILED, NOT_TAKEN_BACK -> "\u001b[31m" + line + "\u001b[0m";
            case WAITING, TAKEN_BACK -> "\u001b[33m" + line + "\u001b[0m";
            case RUNNING -> line;
        };
    }
}
