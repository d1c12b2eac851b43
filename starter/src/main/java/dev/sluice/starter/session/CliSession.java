package dev.sluice.starter.session;

import dev.sluice.starter.clusterfile.ClusterFiles;
import dev.sluice.starter.clusterfile.InvalidClusterFileException;
import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.WebUiLinks;
import dev.sluice.starter.temporal.RunStarter;
import dev.sluice.starter.temporal.TemporalClient;
import dev.sluice.workflows.model.cluster.ClusterFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one call of the CLI shares among its parts; opens the connection to Temporal once, when first asked. */
public final class CliSession implements AutoCloseable {
    private final CliEnvironment surroundings;
    private final RootCommand globals;
    private @Nullable TemporalClient temporal;

    public CliSession(CliEnvironment surroundings, RootCommand globals) {
        this.surroundings = surroundings;
        this.globals = globals;
    }

    /** The cluster's file; exit code 2 with all its errors if it is broken. */
    public ClusterFile clusterFile() {
        try {
            return ClusterFiles.read(
                    ClusterFiles.find(globals.file, surroundings.directory(), surroundings.environment()));
        } catch (InvalidClusterFileException broken) {
            throw new CliException(ExitCode.USAGE, broken.text(), broken);
        }
    }

    /** Where a new cluster file goes: what {@code --file} names, else {@code ./sluice.yaml}. */
    public Path newClusterFile() {
        return surroundings.directory().resolve(globals.file == null ? Path.of("sluice.yaml") : globals.file);
    }

    public TemporalClient temporal() {
        if (temporal == null) {
            temporal = surroundings.connector().open(surroundings.environment());
        }
        return temporal;
    }

    public RunStarter starts() {
        return new RunStarter(temporal(), patience());
    }

    /** How long to wait for a worker before saying that there is none. */
    public Duration patience() {
        return surroundings.patience();
    }

    public WebUiLinks links() {
        return new WebUiLinks(
                environment().getOrDefault("SLUICE_UI", "http://127.0.0.1:8233"),
                temporal().namespace());
    }

    public Map<String, String> environment() {
        return surroundings.environment();
    }

    /** Who is asking: {@code SLUICE_BY}, else the user of this machine. */
    public String requestedBy() {
        String named = environment().getOrDefault("SLUICE_BY", "");
        return named.isBlank() ? System.getProperty("user.name", "somebody") : named;
    }

    public Clock clock() {
        return surroundings.clock();
    }

    public PrintWriter out() {
        return surroundings.out();
    }

    public PrintWriter err() {
        return surroundings.err();
    }

    public boolean isTerminal() {
        return surroundings.terminal() && !isJsonLines();
    }

    public boolean hasColours() {
        return isTerminal() && environment().getOrDefault("NO_COLOR", "").isEmpty();
    }

    public boolean isJson() {
        return globals.output == RootCommand.OutputFormat.json;
    }

    public boolean isJsonLines() {
        return globals.output == RootCommand.OutputFormat.jsonl;
    }

    /** Prints a result: as JSON if that was asked for, else the lines. */
    public void printResult(Object value, Iterable<String> lines) {
        if (isJson()) {
            out().println(JsonOutput.pretty(value));
        } else if (isJsonLines()) {
            out().println(JsonOutput.toLine(value));
        } else {
            lines.forEach(out()::println);
        }
        out().flush();
    }

    @Override
    public void close() {
        if (temporal != null) {
            temporal.close();
        }
    }
}
