package dev.sluice.starter.watch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Reads the terminal's size from stty, at most every five seconds. Terminal libraries also send queries to the terminal, and
 * the answers end up in the operator's next command line.
 */
final class TerminalSize implements Supplier<TerminalSize.TerminalDimensions> {
    private static final TerminalDimensions USUAL = new TerminalDimensions(24, 80);
    private TerminalDimensions known = USUAL;
    private long readAt;

    /** Rows and columns. */
    record TerminalDimensions(int rows, int columns) {}

    @Override
    public TerminalDimensions get() {
        if (readAt == 0 || System.nanoTime() - readAt > 5_000_000_000L) {
            known = read();
            readAt = System.nanoTime();
        }
        return known;
    }

    private static TerminalDimensions read() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException noTerminal) {
            return USUAL;
        }
    }

    /** Parses {@code "40 100"}; returns 24 rows of 80 columns for anything else. */
    static TerminalDimensions parse(String answer) {
        String[] numbers = answer.strip().split(" ", -1);
        if (numbers.length != 2 || !numbers[0].matches("[1-9]\\d{0,3}") || !numbers[1].matches("[1-9]\\d{0,3}")) {
            return USUAL;
        }
        return new TerminalDimensions(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }
}
