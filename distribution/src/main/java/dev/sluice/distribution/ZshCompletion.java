package dev.sluice.distribution;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the completion for zsh, where picocli's script for bash completes no options. */
final class ZshCompletion {
    private final List<CommandPath> places;

    ZshCompletion(List<CommandPath> places) {
        this.places = List.copyOf(places);
    }

    String text() {
        String paths = places.stream()
                .map(CommandPath::path)
                .filter(path -> !path.isEmpty())
                .map(ZshCompletion::quoted)
                .collect(Collectors.joining("|"));
        return """
                #compdef sluice
                # zsh completion for sluice, generated from its commands.
                _sluice() {
                  local at= word
                  local -a commands options
                  for word in ${words[2,CURRENT-1]}; do
                    case "${at:+$at }$word" in
                      (%s) at="${at:+$at }$word" ;;
                    esac
                  done
                  case $words[CURRENT-1] in
                %s  esac
                  case $at in
                %s  esac
                  if [[ $PREFIX == -* ]]; then
                    _describe -o option options
                  else
                    _describe command commands
                  fi
                }
                if [[ $funcstack[1] == _sluice ]]; then _sluice "$@"; else compdef _sluice sluice; fi
                """.formatted(
                paths, values(), places.stream().map(ZshCompletion::choices).collect(Collectors.joining()));
    }

    private static String choices(CommandPath place) {
        String commands = place.command().getSubcommands().entrySet().stream()
                .map(below -> quoted(below.getKey() + ":" + CommandPath.about(below.getValue())))
                .collect(Collectors.joining(" "));
        String options = place.options().stream()
                .flatMap(option ->
                        Arrays.stream(option.names()).map(name -> quoted(name + ":" + CommandPath.about(option))))
                .collect(Collectors.joining(" "));
        return "    (%s) commands=(%s) options=(%s) ;;\n".formatted(quoted(place.path()), commands, options);
    }

    /** Returns the values by option name, because an option has the same values in every command. */
    private String values() {
        Map<String, String> actions = new TreeMap<>();
        for (CommandPath place : places) {
            place.options().stream()
                    .filter(CommandPath::takesValue)
                    .forEach(option -> Stream.of(option.names()).forEach(name -> actions.put(name, action(option))));
        }
        return actions.entrySet().stream()
                .map(each -> "    (%s) %s; return ;;\n".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining());
    }

    private static String action(OptionSpec option) {
        if (CommandPath.takesFile(option)) {
            return "_files";
        }
        List<String> values = CommandPath.values(option);
        return values.isEmpty()
                ? "_message " + quoted(option.paramLabel())
                : "compadd " + values.stream().map(ZshCompletion::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
