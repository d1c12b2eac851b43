package dev.sluice.starter.session;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command: options that every command takes. */
@Command(
        name = "sluice",
        description = "Puts machines into a web cluster and takes them out again, durably.",
        versionProvider = CliVersion.class,
        subcommandsRepeatable = false,
        footer = {
            "",
            "A worker: sluice worker. In a checkout also: ./sluice demo, ./sluice lab.",
            "Exit codes: 0 done, 1 failed and restored, 2 usage, 3 NOT restored, 4 permission, 5 refused,",
            "6 still waiting, 7 not approved, 8 findings, 9 Temporal unreachable, 130 detached."
        })
public final class RootCommand {
    /** How results are printed. */
    enum OutputFormat {
        text,
        json,
        jsonl
    }

    @Option(
            names = "--file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The cluster's file (default: ./sluice.yaml, else what SLUICE_FILE names).")
    @Nullable
    Path file;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "text",
            description = "text, json (the report) or jsonl (each step as it ends, then the report).")
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
