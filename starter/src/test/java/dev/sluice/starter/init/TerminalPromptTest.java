package dev.sluice.starter.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.clusterfile.ClusterFileProblem;
import dev.sluice.starter.init.TerminalPrompt.PromptQuestion;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TerminalPromptTest {
    private final StringWriter screen = new StringWriter();
    private final List<String> checked = new ArrayList<>();

    private Optional<String> ask(String typed, PromptQuestion question, ClusterFileProblem... problems) {
        TerminalPrompt prompt =
                new TerminalPrompt(new BufferedReader(new StringReader(typed)), new PrintWriter(screen, true));
        return prompt.ask(question, answer -> {
            checked.add(answer);
            return checked.size() == 1 ? List.of(problems) : List.of();
        });
    }

    @Test
    void returnsWhatIsTyped() {
        assertThat(ask("  fra1 \n", new PromptQuestion("region", "Region", "", List.of())))
                .contains("fra1");
        assertThat(screen.toString()).isEqualTo("Region: ");
        assertThat(checked).containsExactly("fra1");
    }

    @Test
    void returnsTheUsualAnswerForAnEmptyLine() {
        assertThat(ask("\n", new PromptQuestion("service", "Service", "www", List.of())))
                .contains("www");
        assertThat(screen.toString()).isEqualTo("Service [www]: ");
    }

    @Test
    void asksAgainAfterAnAnswerThatIsNoChoice() {
        assertThat(ask("fra2\nfra1\n", new PromptQuestion("region", "Region", "", List.of("ams3", "fra1"))))
                .contains("fra1");
        assertThat(screen.toString())
                .contains("ams3, fra1", "\"fra2\"", "fra1?")
                .containsSubsequence("Region: ", "Region: ");
        assertThat(checked).as("a word that is no choice is not checked").containsExactly("fra1");
    }

    @Test
    void asksAgainAfterAProblemOfThatKey() {
        assertThat(ask(
                        "Shop\nshop\n",
                        new PromptQuestion("size", "Size", "", List.of()),
                        new ClusterFileProblem(1, "roles.app.size", "\"Shop\" is not a size")))
                .contains("shop");
        assertThat(screen.toString()).contains("\"Shop\" is not a size");
    }

    @Test
    void ignoresProblemsOfOtherKeys() {
        assertThat(ask(
                        "shop\n",
                        new PromptQuestion("size", "Size", "", List.of()),
                        new ClusterFileProblem(1, "domain", "is missing"),
                        new ClusterFileProblem(1, "resize", "is odd")))
                .contains("shop");
        assertThat(screen.toString()).isEqualTo("Size: ");
    }

    @Test
    void returnsNothingAtTheEndOfTheInput() {
        assertThat(ask("", new PromptQuestion("region", "Region", "fra1", List.of())))
                .isEmpty();
        assertThat(checked).isEmpty();
    }
}
