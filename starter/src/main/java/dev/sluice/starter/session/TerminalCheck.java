package dev.sluice.starter.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Checks by /proc whether standard error is a terminal: Java reports it only for input and output together. */
final class TerminalCheck {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private TerminalCheck() {}

    static boolean isErrorTerminal(Map<String, String> environment) {
        return !"dumb".equals(environment.getOrDefault("TERM", "dumb")) && isTerminal();
    }

    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException noProc) {
            return false;
        }
    }
}
