package dev.sluice.starter.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliRunner;
import dev.sluice.starter.CliRunner.CliOutcome;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every command: options, versions, and what an unexpected failure looks like. */
final class RootCommandTest {
    private final AtomicInteger connections = new AtomicInteger();
    private final CliRunner cli = new CliRunner(environment -> {
        connections.incrementAndGet();
        throw new IllegalStateException("a bug");
    });

    @Test
    void printsTheVersionOnStandardOutput() {
        CliOutcome version = cli.run("--version");

        assertThat(version.code()).isZero();
        assertThat(version.out().strip()).isEqualTo("sluice " + CliVersion.number());
        assertThat(version.err()).isEmpty();
    }

    @Test
    void listsEachExitCodeInItsHelp() {
        CliOutcome help = cli.run("--help");

        assertThat(help.code()).isZero();
        assertThat(help.out().replaceAll("\\s+", " "))
                .containsPattern(": 0 .*, 1 .*, 2 .*, 3 .*, 4 .*, 5 .*, 6 .*, 7 .*, 8 .*, 9 .*, 130 ");
    }

    @ParameterizedTest
    @CsvSource({
        "--output yaml list,yaml",
        "list --output yaml,yaml",
        "list --limit many,many",
        "list --nothing,--nothing",
        "list surplus,surplus",
        "show,RUN",
        "eject --reason x,NODE",
        "retire,NODE"
    })
    void rejectsWrongUseBeforeItConnects(String words, String named) {
        CliOutcome wrong = cli.run(words.split(" "));

        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains(named, "Usage: sluice");
        assertThat(connections).hasValue(0);
    }

    @Test
    void needsACommand() {
        assertThat(cli.run().code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show change/hello/app", "leaks"})
    void reportsAnUnexpectedFailureWithItsStackTrace(String words) {
        CliOutcome bug = cli.run(words.split(" "));

        assertThat(bug.code()).isEqualTo(1);
        assertThat(bug.err()).contains("java.lang.IllegalStateException: a bug", "at dev.sluice.starter.");
        assertThat(bug.out()).isEmpty();
        assertThat(connections).hasValue(1);
    }
}
