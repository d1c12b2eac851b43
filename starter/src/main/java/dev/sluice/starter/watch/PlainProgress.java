package dev.sluice.starter.watch;

import dev.sluice.starter.run.RunView;
import dev.sluice.starter.text.RunText;
import dev.sluice.starter.text.StepText;
import dev.sluice.starter.text.TimeText;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

/** Prints each line once with the time when its step ends, for output that is no terminal. */
final class PlainProgress implements ProgressDisplay {
    private final PrintWriter to;
    private final Clock clock;
    private final Set<String> printed = new HashSet<>();

    PlainProgress(PrintWriter to, Clock clock) {
        this.to = to;
        this.clock = clock;
    }

    @Override
    public void show(RunView view) {
        RunText.facts(view).forEach(this::note);
        for (RunText.NodeSection section : RunText.sections(view, clock.instant())) {
            String node = section.node().map(name -> name + "  ").orElse("");
            section.lines().stream()
                    .filter(StepText.StepLine::settled)
                    .forEach(line -> once(line.key(), node + line.text()));
        }
    }

    @Override
    public void note(String sentence) {
        once(sentence, sentence);
    }

    @Override
    public void end() {
        to.flush();
    }

    private void once(String key, String text) {
        if (printed.add(key)) {
            to.println(TimeText.second(clock.instant(), clock.getZone()) + "  " + text);
            to.flush();
        }
    }
}
