package dev.sluice.starter.watch;

import dev.sluice.starter.text.RunText;
import dev.sluice.starter.text.RunView;
import dev.sluice.workflows.model.StepReport;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/** On a terminal: a region that is drawn again whenever something changed. */
final class LiveProgress implements Progress {
    private static final String UP_AND_CLEAR = "\u001b[%dA\r\u001b[J";

    private final PrintWriter to;
    private final Clock clock;
    private final boolean colours;
    private final IntSupplier width;
    private final Set<String> notes = new LinkedHashSet<>();
    private List<String> shown = List.of();

    LiveProgress(PrintWriter to, Clock clock, boolean colours, IntSupplier width) {
        this.to = to;
        this.clock = clock;
        this.colours = colours;
        this.width = width;
    }

    @Override
    public void show(RunView view) {
        notes.addAll(view.told());
        List<String> lines = new ArrayList<>(notes);
        for (RunText.Chapter chapter : RunText.story(view, clock.instant())) {
            lines.add("");
            chapter.node().ifPresent(node -> lines.add("  " + cut(node)));
            chapter.lines().forEach(line -> lines.add(coloured(line.state(), cut("  " + line.text()))));
        }
        draw(lines);
    }

    @Override
    public void note(String sentence) {
        if (notes.add(sentence)) {
            List<String> lines = new ArrayList<>(shown);
            lines.add(cut(sentence));
            draw(lines);
        }
    }

    @Override
    public void end() {
        to.println();
        to.flush();
        shown = List.of();
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

    /** A line that wrapped would make the region taller than it is counted. */
    private String cut(String line) {
        int most = Math.max(20, width.getAsInt() - 1);
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }

    private String coloured(StepReport.State state, String line) {
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
