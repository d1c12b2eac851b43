package dev.sluice.distribution;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command with the words that lead to it.
 *
 * @param path the words, such as {@code template bake}; empty after {@code sluice} itself
 */
record CommandPath(String path, CommandLine command) {
    /** Returns the paths of all commands, {@code sluice} first. */
    static List<CommandPath> all(CommandLine root) {
        List<CommandPath> paths = new ArrayList<>();
        collect(new CommandPath("", root), paths);
        return List.copyOf(paths);
    }

    private static void collect(CommandPath at, List<CommandPath> into) {
        into.add(at);
        at.command
                .getSubcommands()
                .forEach((word, below) -> collect(new CommandPath((at.path + " " + word).strip(), below), into));
    }

    List<OptionSpec> options() {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .toList();
    }

    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    static boolean takesFile(OptionSpec option) {
        return Path.class.equals(option.type());
    }

    /** Returns the possible values of an option; empty if any text is valid. */
    static List<String> values(OptionSpec option) {
        List<String> values = new ArrayList<>();
        if (option.completionCandidates() != null) {
            option.completionCandidates().forEach(values::add);
        }
        return values;
    }

    static String about(CommandLine command) {
        return first(command.getCommandSpec().usageMessage().description());
    }

    static String about(OptionSpec option) {
        return first(option.description());
    }

    private static String first(String[] description) {
        return description.length == 0
                ? ""
                : description[0].replace("%n", " ").replace("%%", "%").strip();
    }
}
