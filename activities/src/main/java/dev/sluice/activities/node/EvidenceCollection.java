package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.activities.secret.Redaction;
import dev.sluice.activities.ssh.Command;
import dev.sluice.activities.ssh.Scripts;
import dev.sluice.activities.ssh.Shells;
import dev.sluice.workflows.model.Evidence;
import dev.sluice.workflows.model.Node;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The last lines of a node that is about to go. Never fails: what cannot be read is said in its piece. */
final class EvidenceCollection {
    private static final String SCRIPT = Scripts.of(EvidenceCollection.class, "evidence.sh");
    private static final String MARK = "sluice-piece ";
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String END = "end\n";
    private static final int ALL = 48 * 1024;

    private final Shells shells;

    EvidenceCollection(Shells shells) {
        this.shells = shells;
    }

    Evidence of(Node node) {
        try (Heartbeats beats = Heartbeats.start()) {
            return read(shells.openAtFirstBoot(node)
                    .beating(beats)
                    .run(command(), LIMIT)
                    .out());
        } catch (ApplicationFailure away) {
            return new Evidence(List.of(new Evidence.Piece("not read", Redaction.of(away.getOriginalMessage()))));
        }
    }

    static Command command() {
        return Command.script(SCRIPT);
    }

    /** Pieces in the order of their worth; later ones are shortened when the limit is near. */
    static Evidence read(String out) {
        List<Evidence.Piece> pieces = new ArrayList<>();
        int left = ALL;
        String[] parts = ("\n" + out).split("\n" + MARK, -1);
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            int end = part.indexOf('\n');
            if (end < 0 || part.startsWith(END)) {
                break;
            }
            String name = part.substring(0, end);
            String text = lastBytes(Redaction.of(part.substring(end + 1).strip()), left - size(name));
            left -= size(name) + size(text);
            pieces.add(new Evidence.Piece(name, text.isEmpty() ? "(empty)" : text));
        }
        return new Evidence(pieces);
    }

    private static String lastBytes(String text, int limit) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int room = Math.max(0, limit - 16);
        return bytes.length <= room ? text : "…" + new String(bytes, bytes.length - room, room, StandardCharsets.UTF_8);
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
