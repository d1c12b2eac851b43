package dev.sluice.starter;

import dev.sluice.starter.clusterfile.ClusterFiles;
import dev.sluice.starter.clusterfile.InvalidClusterFile;
import dev.sluice.starter.temporal.Starts;
import dev.sluice.starter.temporal.Temporal;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Links;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.model.ClusterFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one call of the CLI shares among its parts; opens the connection to Temporal once, when first asked. */
public final class Session implements AutoCloseable {
    private final Surroundings surroundings;
    private final Globals globals;
    private @Nullable Temporal temporal;

    Session(Surroundings surroundings, Globals globals) {
        this.surroundings = surroundings;
        this.globals = globals;
    }

    /** The cluster's file; exit code 2 with all its errors if it is broken. */
    public ClusterFile clusterFile() {
        try {
            return ClusterFiles.read(
                    ClusterFiles.find(globals.file, surroundings.directory(), surroundings.environment()));
        } catch (InvalidClusterFile broken) {
            throw new Trouble(ExitCode.USAGE, broken.text(), broken);
        }
    }

    /** Where a new cluster file goes: what {@code --file} names, else {@code ./sluice.yaml}. */
    public Path newClusterFile() {
        return surroundings.directory().resolve(globals.file == null ? Path.of("sluice.yaml") : globals.file);
    }

    public Temporal temporal() {
        if (temporal == null) {
            temporal = surroundings.connector().open(surroundings.environment());
        }
        return temporal;
    }

    public Starts starts() {
        return new Starts(temporal(), patience());
    }

    /** How long to wait for a worker before saying that there is none. */
    public Duration patience() {
        return surroundings.patience();
    }

    public Links links() {
        return new Links(
                environment().getOrDefault("SLUICE_UI", "http://127.0.0.1:8233"),
                temporal().namespace());
    }

    public Map<String, String> environment() {
        return surroundings.environment();
    }

    /** Who is asking: {@code SLUICE_BY}, else the user of this machine. */
    public String by() {
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

    public boolean terminal() {
        return surroundings.terminal() && !jsonLines();
    }

    public boolean colours() {
        return terminal() && environment().getOrDefault("NO_COLOR", "").isEmpty();
    }

    public boolean json() {
        return globals.output == Globals.Output.json;
    }

    public boolean jsonLines() {
        return globals.output == Globals.Output.jsonl;
    }

    /** Prints a result: as JSON if that was asked for, else the lines. */
    public void result(Object value, Iterable<String> lines) {
        if (json()) {
            out().println(Json.pretty(value));
        } else if (jsonLines()) {
            out().println(Json.line(value));
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
