package dev.sluice.distribution;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the manual page {@code sluice(1)} from the commands, with all their options. */
final class ManPage {
    private final CommandLine root;
    private final String version;
    private final String date;
    private final StringBuilder page = new StringBuilder();

    ManPage(CommandLine root, String version, String date) {
        this.root = root;
        this.version = version;
        this.date = date;
    }

    String text() {
        macro(".TH SLUICE 1 \"%s\" \"Sluice %s\" \"User Commands\"".formatted(date, version));
        macro(".SH NAME");
        line("sluice - deploys and retires the nodes of a web cluster as durable Temporal workflows");
        macro(".SH SYNOPSIS");
        line("sluice COMMAND [OPTIONS]");
        macro(".SH DESCRIPTION");
        texts(root.getCommandSpec().usageMessage().description());
        macro(".SH OPTIONS OF EVERY COMMAND");
        root.getCommandSpec().options().forEach(this::option);
        macro(".SH COMMANDS");
        root.getSubcommands().forEach((word, command) -> command("sluice " + word, command));
        macro(".SH NOTES");
        Arrays.stream(root.getCommandSpec().usageMessage().footer())
                .filter(text -> !text.isBlank())
                .forEach(this::line);
        macro(".SH SEE ALSO");
        line("docs/configuration.md in the installation directory: the cluster file and the environment.");
        return page.toString();
    }

    private void command(String name, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (command.getSubcommands().isEmpty()) {
            macro(".SS " + escaped(name + synopsis(spec)));
            texts(spec.usageMessage().description());
            spec.positionalParameters().forEach(this::parameter);
            spec.options().stream()
                    .filter(option -> !option.hidden() && !option.inherited())
                    .forEach(this::option);
        }
        command.getSubcommands().forEach((word, below) -> command(name + " " + word, below));
    }

    private static String synopsis(CommandSpec spec) {
        String required = spec.options().stream()
                .filter(OptionSpec::required)
                .map(option -> " %s=%s".formatted(option.longestName(), option.paramLabel()))
                .collect(Collectors.joining());
        String parameters = spec.positionalParameters().stream()
                .map(parameter -> " " + parameter.paramLabel())
                .collect(Collectors.joining());
        return required + " [OPTIONS]" + parameters;
    }

    private void parameter(PositionalParamSpec parameter) {
        macro(".TP");
        macro(".I " + escaped(parameter.paramLabel()));
        texts(parameter.description());
    }

    private void option(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        macro(".TP");
        macro(".B " + escaped(String.join(", ", option.names()) + value));
        texts(option.description());
    }

    private void texts(String... texts) {
        for (String text : texts) {
            line(Ansi.OFF.string(text.replace("%n", "\n").replace("%%", "%")));
        }
    }

    private void line(String text) {
        text.lines()
                .filter(part -> !part.isBlank())
                .forEach(part -> page.append(escaped(part.strip())).append('\n'));
    }

    private void macro(String text) {
        page.append(text).append('\n');
    }

    /** Escapes a leading point or apostrophe, which roff takes for a command, and minus signs, which it takes for hyphens. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
