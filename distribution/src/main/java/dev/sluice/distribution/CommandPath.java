package dev.sluice.distribution;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where one can be while typing a command.
 *
 * @param path the words so far, such as {@code template bake}; empty after {@code sluice} itself
 */
record CommandPath(String path, CommandLine command) {
    /** Every place, {@code sluice} first. */
    static List<CommandPath> all(CommandLine root) {
        List<CommandPath> places = new ArrayList<>();
        collect(new CommandPath("", root), places);
        return List.copyOf(places);
    }

    private static void collect(CommandPath place, List<CommandPath> into) {
        into.add(place);
        place.command
                .getSubcommands()
                .forEach((word, below) -> collect(new CommandPath((place.path + " " + word).strip(), below), into));
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

    /** The values that there are; empty if any text goes. */
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
