package dev.sluice.distribution;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion for fish, which picocli does not write. */
final class FishCompletion {
    private final CommandLine root;
    private final List<String> paths = new ArrayList<>();
    private final StringBuilder lines = new StringBuilder();

    FishCompletion(CommandLine root) {
        this.root = root;
    }

    String text() {
        command("", root);
        return """
                # fish completion for sluice, made from its commands.
                function __sluice_at
                    set -l path
                    for word in (commandline -opc)[2..-1]
                        if contains -- (string join ' ' $path $word) %s
                            set -a path $word
                        end
                    end
                    test "$path" = "$argv"
                end

                complete -c sluice -f
                %s""".formatted(paths.stream().map(FishCompletion::quoted).collect(Collectors.joining(" ")), lines);
    }

    private void command(String path, CommandLine command) {
        String condition = "-n " + quoted("__sluice_at " + path);
        command.getSubcommands().forEach((word, below) -> {
            line(condition, "-a " + word, described(below.getCommandSpec()));
            paths.add((path + " " + word).strip());
        });
        command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> option(condition, option));
        command.getSubcommands().forEach((word, below) -> command((path + " " + word).strip(), below));
    }

    private void option(String condition, OptionSpec option) {
        String names = java.util.Arrays.stream(option.names())
                .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                .collect(Collectors.joining(" "));
        String description = option.description().length == 0 ? "" : "-d " + quoted(option.description()[0]);
        line(condition, names + values(option), description);
    }

    /** Files only where the value is one. */
    private static String values(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        if (java.nio.file.Path.class.equals(option.type())) {
            return " -r -F";
        }
        List<String> candidates = new ArrayList<>();
        if (option.completionCandidates() != null) {
            option.completionCandidates().forEach(candidates::add);
        }
        return candidates.isEmpty() ? " -x" : " -x -a " + quoted(String.join(" ", candidates));
    }

    private static String described(CommandSpec command) {
        String[] description = command.usageMessage().description();
        return description.length == 0 ? "" : "-d " + quoted(description[0]);
    }

    private void line(String condition, String what, String description) {
        lines.append(("complete -c sluice " + condition + " " + what + " " + description).strip())
                .append('\n');
    }

    private static String quoted(String text) {
        return "'"
                + text.replace("%n", " ")
                        .replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .strip() + "'";
    }
}
