package dev.sluice.starter.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TerminalCheckTest {
    @Test
    void seesNoTerminalIfTheEnvironmentNamesNone() {
        assertThat(TerminalCheck.isErrorTerminal(Map.of())).isFalse();
        assertThat(TerminalCheck.isErrorTerminal(Map.of("TERM", "dumb"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm-256color", "linux"})
    void seesATerminalOnlyIfStandardErrorIsOne(String term) throws Exception {
        String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();

        assertThat(TerminalCheck.isErrorTerminal(Map.of("TERM", term)))
                .isEqualTo(target.startsWith("/dev/pts/") || target.startsWith("/dev/tty"));
    }
}
