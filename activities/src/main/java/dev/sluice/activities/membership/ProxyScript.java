package dev.sluice.activities.membership;

import dev.sluice.activities.ssh.RemoteCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What can be asked of a proxy: one constant script each; those that write run one at a time under the members' lock. */
enum ProxyScript {
    CHECK(false),
    EXAMINE(false),
    READ(false),
    JOIN(true),
    OPEN(true),
    LEAVE(true),
    STAY(true),
    DRAINED(false),
    LEFT(true),
    EJECT(true),
    READMIT(true),
    ADOPT(true),
    SETTLE(true),
    GRACEFUL(true),
    PROBE(false);

    /** The lock is a file of its own: the members' files are replaced, and a lock on a replaced file locks nobody out. */
    private static final String LOCKED =
            "exec flock -o -w 5 -E 75 \"${SLUICE_ETC:-/etc/sluice}/members.lock\" timeout 10 sh -s -- \"$@\"";

    private final boolean locked;
    private final String script;

    ProxyScript(boolean locked) {
        this.locked = locked;
        this.script = "main() {\n" + resource("common") + "\n" + resource(name().toLowerCase(Locale.ROOT))
                + "}\nmain \"$@\" </dev/null\n";
    }

    /** The command that carries it out; values are its arguments and nothing else. */
    RemoteCommand command(String... arguments) {
        if (!locked) {
            return RemoteCommand.script(script, arguments);
        }
        List<String> words = new ArrayList<>(List.of("sh", "-c", LOCKED, "sh"));
        words.addAll(List.of(arguments));
        return new RemoteCommand(words, script);
    }

    private static String resource(String name) {
        try (InputStream text = ProxyScript.class.getResourceAsStream(name + ".sh")) {
            return new String(Objects.requireNonNull(text, "no script " + name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
