package dev.sluice.starter.session;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command, with the options of every command. */
@Command(
        name = "sluice",
        description = "Deploys and retires the nodes of a web cluster as durable Temporal workflows.",
        versionProvider = CliVersion.class,
        subcommandsRepeatable = false,
        footer = {
            "",
            "Start a worker: sluice worker. In a checkout also: ./sluice demo, ./sluice lab.",
            "Exit codes: 0 done, 1 failed and restored, 2 usage, 3 NOT restored, 4 permission, 5 refused,",
            "6 still waiting, 7 not approved, 8 findings, 9 Temporal unreachable, 10 done in",
            "part, 130 detached."
        })
public final class RootCommand {
    /** The formats of results. */
    enum OutputFormat {
        text,
        json,
        jsonl
    }

    @Option(
            names = "--file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The cluster file (default: ./sluice.yaml, else the file that SLUICE_FILE names).")
    @Nullable
    Path file;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "text",
            description = "text, json (the report) or jsonl (each step as it starts and ends, then the report).")
    OutputFormat output = OutputFormat.text;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "Shows the version.")
    boolean version;
}
