package dev.sluice.starter.watch;

import java.io.IOException;
import java.util.function.IntSupplier;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** How wide the terminal is, asked once a second at most; 80 columns if it does not say. */
final class TerminalWidth implements IntSupplier {
    private static final int USUAL = 80;
    private int known;
    private long asked;

    @Override
    public int getAsInt() {
        if (known == 0 || System.nanoTime() - asked > 1_000_000_000L) {
            known = ask();
            asked = System.nanoTime();
        }
        return known;
    }

    private static int ask() {
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            return terminal.getColumns() > 0 ? terminal.getColumns() : USUAL;
        } catch (IOException | IllegalStateException noTerminal) {
            return USUAL;
        }
    }
}
