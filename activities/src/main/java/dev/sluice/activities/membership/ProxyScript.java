package dev.sluice.activities.membership;

import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.activities.ssh.ScriptResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The operations on a proxy, one constant script each. Scripts that write run one at a time under the members'
 * lock.
 */
enum ProxyScript {
    CHECK(Access.READ),
    EXAMINE(Access.READ),
    READ(Access.READ),
    JOIN(Access.WRITE),
    OPEN(Access.WRITE),
    LEAVE(Access.WRITE),
    UNDO_LEAVE(Access.WRITE),
    AWAIT_DRAINED(Access.READ),
    FORGET(Access.WRITE),
    EJECT(Access.WRITE),
    READMIT(Access.WRITE),
    ADOPT(Access.WRITE),
    RECONCILE(Access.WRITE),
    GRACEFUL(Access.WRITE),
    SUITS(Access.READ),
    PINNED(Access.READ),
    PROBE(Access.READ);

    /** Locks a separate file, since the members' files are replaced and a lock on a replaced file has no effect. */
    private static final String LOCKED =
            "exec flock -o -w 5 -E 75 \"${SLUICE_ETC:-/etc/sluice}/members.lock\" timeout 10 sh -s -- \"$@\"";

    private enum Access {
        READ,
        WRITE
    }

    private final Access access;
    private final String script;

    ProxyScript(Access access) {
        this.access = access;
        this.script = "main() {\n" + resource("common") + "\n" + resource(name()) + "}\nmain \"$@\" </dev/null\n";
    }

    /** The command that runs the script; values are its arguments. */
    RemoteCommand command(String... arguments) {
        if (access == Access.READ) {
            return RemoteCommand.script(script, arguments);
        }
        List<String> words = new ArrayList<>(List.of("sh", "-c", LOCKED, "sh"));
        words.addAll(List.of(arguments));
        return RemoteCommand.scriptFor(words, script);
    }

    /** The script that ends in its name: {@code AWAIT_DRAINED} is await-drained.sh. */
    private static String resource(String name) {
        return ScriptResources.read(
                ProxyScript.class, name.toLowerCase(Locale.ROOT).replace('_', '-') + ".sh");
    }
}
