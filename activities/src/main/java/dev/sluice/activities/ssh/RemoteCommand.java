package dev.sluice.activities.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A remote command as a value: words and standard input. Only this class quotes words; values are words, never text
 * spliced into a script.
 *
 * @param stdin standard input; may be empty
 */
public record RemoteCommand(List<String> words, String stdin) {
    /**
     * What a command finds around itself on a node, and nothing else: a proxy, a locale, a TMPDIR or an alias of root's
     * login would change what constant scripts do.
     */
    static final String ENVIRONMENT =
            "/usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 TZ=UTC ";

    /** The one setting that is not in the environment: {@code -q} makes curl leave out root's .curlrc. */
    private static final String CURL = "curl() { command curl -q \"$@\"; }\n";

    public RemoteCommand {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("A command has at least one word");
        }
    }

    public static RemoteCommand of(String... words) {
        return new RemoteCommand(List.of(words), "");
    }

    /**
     * A constant POSIX script, fed on stdin, with values as its arguments. The script has the form
     * {@code main() { … }; main "$@" </dev/null}, so that a script that is cut off runs nothing.
     */
    public static RemoteCommand script(String script, String... arguments) {
        List<String> words = new ArrayList<>(List.of("sh", "-s", "--"));
        words.addAll(List.of(arguments));
        return new RemoteCommand(words, CURL + script);
    }

    /** The same script, but read by the last of these words, such as those that take a lock before it runs. */
    public static RemoteCommand scriptFor(List<String> words, String script) {
        return new RemoteCommand(words, CURL + script);
    }

    public RemoteCommand withStdin(String text) {
        return new RemoteCommand(words, text);
    }

    /** The line that the remote login shell is given: the command, without anything of that login's surroundings. */
    String loginLine() {
        return ENVIRONMENT + line();
    }

    /** The command as one line for a shell. */
    public String line() {
        return words.stream().map(RemoteCommand::quote).collect(Collectors.joining(" "));
    }

    /** Omits standard input, which may hold secrets. */
    @Override
    public String toString() {
        return stdin.isEmpty() ? line() : line() + " <%d characters".formatted(stdin.length());
    }

    private static String quote(String word) {
        if (word.matches("[A-Za-z0-9_@%+=:,./-]+")) {
            return word;
        }
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
