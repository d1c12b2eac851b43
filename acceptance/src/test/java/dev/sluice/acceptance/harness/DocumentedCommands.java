package dev.sluice.acceptance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The commands that a document shows, typed literally except for the names that stand for the reader's own. */
public final class DocumentedCommands {
    private static final Pattern COMMAND = Pattern.compile("(\\./)?sluice .*|curl .*");

    private final Path folder;
    private final List<String> left = new ArrayList<>();
    private final Map<String, String> own = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    /** The page, and the working directory of its reader. */
    public DocumentedCommands(String page, Path folder) {
        this.folder = folder;
        left.addAll(commands(SluiceProcess.HOME.resolve(page)));
    }

    /** The lines of its fenced blocks that run Sluice or curl, without their comments. */
    public static List<String> commands(Path page) {
        List<String> commands = new ArrayList<>();
        boolean fenced = false;
        for (String line : lines(page)) {
            if (line.strip().startsWith("```")) {
                fenced = !fenced;
            } else if (fenced && COMMAND.matcher(line.strip()).matches()) {
                commands.add(line.strip().replaceFirst("\\s+#.*", ""));
            }
        }
        return commands;
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Replaces an example of the page by the reader's own value. */
    public DocumentedCommands substitute(String example, String own) {
        this.own.put(example, own);
        return this;
    }

    /** Sets a variable of the reader's shell, such as a secret, which no command line may show. */
    public DocumentedCommands export(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs the first remaining command with that beginning; it must exit with 0. */
    public SluiceProcess.ProcessOutcome runNext(String begins) {
        return runNext(begins, 0);
    }

    /** The same for a command that must exit with that code. */
    public SluiceProcess.ProcessOutcome runNext(String begins, int exit) {
        SluiceProcess.ProcessOutcome outcome = start(begins).awaitEnd();
        assertThat(outcome.exit()).as(outcome.transcript()).isEqualTo(exit);
        return outcome;
    }

    private SluiceProcess.RunningProcess start(String begins) {
        String command = left.stream()
                .filter(line -> line.startsWith(begins))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No command left begins with '%s': %s".formatted(begins, left)));
        left.remove(command);
        String typed = command;
        for (Map.Entry<String, String> name : own.entrySet()) {
            typed = typed.replace(name.getKey(), name.getValue());
        }
        List<String> shell = List.of("bash", "-c", "cd \"$0\" && PATH=$1:$PATH && " + typed.replaceFirst("^\\./", ""));
        List<String> words = new ArrayList<>(shell);
        words.add(folder.toString());
        words.add(SluiceProcess.HOME.toAbsolutePath().normalize().toString());
        return new SluiceProcess.RunningProcess(words, SluiceProcess.launch(environment, words), System.nanoTime());
    }

    /** The commands that no test has run yet. */
    public List<String> remainingCommands() {
        return List.copyOf(left);
    }
}
