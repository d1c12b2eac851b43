package dev.sluice.starter.watch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * How large the terminal is, asked every five seconds at most. Asked of stty, since terminal libraries also send the
 * terminal questions whose answers end up in the operator's next command line.
 */
final class TerminalSize implements Supplier<TerminalSize.TerminalDimensions> {
    private static final TerminalDimensions USUAL = new TerminalDimensions(24, 80);
    private TerminalDimensions known = USUAL;
    private long asked;

    /** Rows and columns. */
    record TerminalDimensions(int rows, int columns) {}

    @Override
    public TerminalDimensions get() {
        if (asked == 0 || System.nanoTime() - asked > 5_000_000_000L) {
            known = ask();
            asked = System.nanoTime();
        }
        return known;
    }

    private static TerminalDimensions ask() {
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

    /** {@code "40 100"}; 24 rows of 80 columns for anything else. */
    static TerminalDimensions parse(String answer) {
        String[] numbers = answer.strip().split(" ", -1);
        if (numbers.length != 2 || !numbers[0].matches("[1-9]\\d{0,3}") || !numbers[1].matches("[1-9]\\d{0,3}")) {
            return USUAL;
        }
        return new TerminalDimensions(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }
}
