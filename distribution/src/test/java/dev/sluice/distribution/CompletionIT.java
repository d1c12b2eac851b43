package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.Sluice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the completions that real shells offer with the commands. */
class CompletionIT {
    private static final List<CommandPath> PLACES = CommandPath.all(Sluice.commands());

    @TempDir
    Path home = Path.of("");

    @Test
    void completesEveryCommandAndOptionInBash() {
        ask(
                "bash",
                ". FILE 2>/dev/null; compopt() { :; }",
                "COMP_WORDS=(sluice %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=();"
                        + " _complete_sluice; printf '%%s\\n' \"${COMPREPLY[@]}\"",
                "sluice.bash",
                true);
    }

    @Test
    void completesEveryCommandAndOptionInZsh() {
        ask(
                "zsh",
                "compdef() { :; }; _describe() { print -l -- ${(P)@[-1]%%:*} }; . FILE",
                "words=(sluice %s); CURRENT=$#words;" + " PREFIX=$words[-1]; _sluice",
                "_sluice",
                true);
    }

    @Test
    void completesEveryCommandAndOptionInFish() {
        ask("fish", "source FILE", "complete -C \"sluice %s\" | cut -f1", "sluice.fish", false);
    }

    @Test
    void zshAndFishOfferThePossibleValues() {
        String zsh = run(
                "zsh",
                "compdef() { :; }; compadd() { print -l -- $@ }; . FILE; words=(sluice list --output ''); CURRENT=4; _sluice"
                        .replace("FILE", file("_sluice")));
        String fish =
                run("fish", "source FILE; complete -C 'sluice list --output '".replace("FILE", file("sluice.fish")));

        assertThat(zsh.lines()).containsExactly("text", "json", "jsonl");
        assertThat(fish).contains("text\t", "json\t", "jsonl\t");
    }

    /** Requests all completions in one process; an empty last word requests commands, a dash options. */
    private void ask(String shell, String begin, String question, String file, boolean quoted) {
        StringBuilder script = new StringBuilder(begin.replace("FILE", file(file)));
        Map<String, Set<String>> expected = new LinkedHashMap<>();
        for (CommandPath place : PLACES) {
            if (!place.command().getSubcommands().isEmpty()) {
                expected.put(
                        place.path() + " ",
                        new TreeSet<>(place.command().getSubcommands().keySet()));
                script.append(at(place.path() + " ", question, quoted ? place.path() + " ''" : place.path() + " "));
            }
            expected.put(place.path() + " --", longNames(place));
            script.append(at(place.path() + " --", question, place.path() + " --"));
        }
        assertThat(answers(run(shell, script.toString()))).isEqualTo(expected);
    }

    private static String at(String name, String question, String typed) {
        return "; echo '=%s'; %s".formatted(name, question.formatted(typed));
    }

    private static Set<String> longNames(CommandPath place) {
        return place.options().stream()
                .flatMap(option -> Arrays.stream(option.names()))
                .filter(name -> name.startsWith("--"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Set<String>> answers(String said) {
        Map<String, Set<String>> answers = new LinkedHashMap<>();
        Set<String> here = new TreeSet<>();
        for (String line : said.lines().toList()) {
            if (line.startsWith("=")) {
                here = new TreeSet<>();
                answers.put(line.substring(1), here);
            } else if (!line.isBlank() && !line.matches("-[a-zA-Z]")) {
                here.add(line);
            }
        }
        return answers;
    }

    private String run(String shell, String script) {
        Map<String, String> environment = new HashMap<>(ProcessRunner.plain());
        environment.put("HOME", home.toString());
        List<String> command = shell.equals("zsh") ? List.of("zsh", "-f", "-c", script) : List.of(shell, "-c", script);
        ProcessRunner.ProcessOutcome outcome = ProcessRunner.run(environment, command);
        assertThat(outcome.exit()).as(outcome.said()).isZero();
        return outcome.said();
    }

    private static String file(String name) {
        return InstalledTarball.home().resolve("completion/" + name).toString();
    }
}
