package dev.sluice.distribution;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the completion for fish, which picocli does not support. */
final class FishCompletion {
    private final List<CommandPath> places;

    FishCompletion(List<CommandPath> places) {
        this.places = List.copyOf(places);
    }

    String text() {
        String paths = places.stream()
                .map(CommandPath::path)
                .filter(path -> !path.isEmpty())
                .map(FishCompletion::quoted)
                .collect(Collectors.joining(" "));
        String lines = places.stream().flatMap(FishCompletion::lines).collect(Collectors.joining("\n"));
        return """
                # fish completion for sluice, generated from its commands.
                function __sluice_at
                    set -l path
                    for word in (commandline -opc)[2..-1]
                        if contains -- (string join -- ' ' $path $word) %s
                            set -a path $word
                        end
                    end
                    test "$path" = "$argv"
                end

                complete -c sluice -f
                %s
                """.formatted(paths, lines);
    }

    private static Stream<String> lines(CommandPath place) {
        String here = "complete -c sluice -n " + quoted("__sluice_at " + place.path());
        Stream<String> commands = place.command().getSubcommands().entrySet().stream()
                .map(below -> "%s -a %s -d %s"
                        .formatted(here, quoted(below.getKey()), quoted(CommandPath.about(below.getValue()))));
        Stream<String> options = place.options().stream()
                .map(option -> "%s %s%s -d %s"
                        .formatted(here, names(option), values(option), quoted(CommandPath.about(option))));
        return Stream.concat(commands, options);
    }

    private static String names(OptionSpec option) {
        return Arrays.stream(option.names())
                .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                .collect(Collectors.joining(" "));
    }

    /** Offers files only for options whose value is a file. */
    private static String values(OptionSpec option) {
        if (!CommandPath.takesValue(option)) {
            return "";
        }
        if (CommandPath.takesFile(option)) {
            return " -r -F";
        }
        List<String> values = CommandPath.values(option);
        return values.isEmpty() ? " -x" : " -x -a " + quoted(String.join(" ", values));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").strip() + "'";
    }
}
