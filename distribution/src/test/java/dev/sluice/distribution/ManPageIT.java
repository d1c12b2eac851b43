package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.Sluice;
import org.junit.jupiter.api.Test;

class ManPageIT {
    private static final String PAGE =
            InstalledTarball.home().resolve("man/man1/sluice.1").toString();

    @Test
    void isWellFormed() {
        ProcessRunner.ProcessOutcome lint = ProcessRunner.run("mandoc", "-T", "lint", "-W", "warning", PAGE);

        assertThat(lint.exit()).as(lint.said()).isZero();
    }

    @Test
    void thePageContainsEveryCommandAndOption() {
        String text = ProcessRunner.run("mandoc", "-T", "ascii", PAGE)
                .said()
                .replaceAll(".\b", "")
                .replaceAll("\\s+", " ");

        for (CommandPath place : CommandPath.all(Sluice.commands())) {
            if (place.command().getSubcommands().isEmpty()) {
                assertThat(text).contains("sluice " + place.path() + " ").contains(CommandPath.about(place.command()));
            }
            place.options().forEach(option -> assertThat(text).contains(option.longestName()));
        }
        assertThat(text).contains("Exit codes: 0 done");
    }
}
