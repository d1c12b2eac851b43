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

/** State that the parts of one CLI call share; it opens the connection to Temporal on first use. */
public final class CliSession implements AutoCloseable {
    private final CliEnvironment environment;
    private final RootCommand root;
    private final PrintWriter out;
    private final PrintWriter err;
    private @Nullable TemporalClient temporal;

    public CliSession(CliEnvironment environment, RootCommand root) {
        this.environment = environment;
        this.out = new PrintWriter(new CleanWriter(environment.out()), true);
        this.err = new PrintWriter(new CleanWriter(environment.err()), true);
        this.root = root;
    }

    /** Reads the cluster file; throws exit code 2 with all its errors if it is invalid. */
    public ClusterFile clusterFile() {
        try {
            return ClusterFiles.read(ClusterFiles.find(root.file, environment.directory(), environment.environment()));
        } catch (InvalidClusterFileException broken) {
            throw new CliException(ExitCode.USAGE, broken.text(), broken);
        }
    }

    /** Returns the path of a new cluster file: what {@code --file} names, else {@code ./sluice.yaml}. */
    public Path newClusterFile() {
        return environment.directory().resolve(root.file == null ? Path.of("sluice.yaml") : root.file);
    }

    public TemporalClient temporal() {
        if (temporal == null) {
            temporal = environment.connector().open(environment.environment());
        }
        return temporal;
    }

    public RunStarter starts() {
        return new RunStarter(temporal(), patience());
    }

    /** Returns how long to wait for a worker before reporting that none answers. */
    public Duration patience() {
        return environment.patience();
    }

    public WebUiLinks links() {
        return new WebUiLinks(
                environment().getOrDefault("SLUICE_UI", "http://127.0.0.1:8233"),
                temporal().namespace());
    }

    public Map<String, String> environment() {
        return environment.environment();
    }

    /** Returns the requester's name: {@code SLUICE_BY}, else the user of this machine. */
    public String requestedBy() {
        String named = environment().getOrDefault("SLUICE_BY", "");
        return named.isBlank() ? System.getProperty("user.name", "unknown") : named;
    }

    public Clock clock() {
        return environment.clock();
    }

    /** For results; what controls a terminal does not pass. */
    public PrintWriter out() {
        return out;
    }

    /** For progress and errors; what controls a terminal does not pass. */
    public PrintWriter err() {
        return err;
    }

    /** Standard error as it is, for progress that is drawn in place: whoever writes there cleans the text himself. */
    public PrintWriter screen() {
        return environment.err();
    }

    public void clearScreen() {
        environment.out().print("\u001b[H\u001b[2J");
    }

    public boolean isTerminal() {
        return environment.terminal() && !isJsonLines();
    }

    public boolean hasColours() {
        return isTerminal() && environment().getOrDefault("NO_COLOR", "").isEmpty();
    }

    public boolean isJson() {
        return root.output == RootCommand.OutputFormat.json;
    }

    public boolean isJsonLines() {
        return root.output == RootCommand.OutputFormat.jsonl;
    }

    /** Prints a result as JSON if {@code --output} requests it, else as lines. */
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
