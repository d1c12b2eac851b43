package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.secret.LogRedaction;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.activities.ssh.ScriptResources;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.report.NodeEvidence;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the last log lines of a node before its removal. Never fails: a piece that cannot be read states the reason. */
final class EvidenceCollection {
    private static final String SCRIPT = ScriptResources.read(EvidenceCollection.class, "evidence.sh");
    private static final String MARK = "sluice-piece ";
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String END = "end\n";
    private static final int ALL = 48 * 1024;

    private static final int LONGEST_NAME = 200;
    private static final String EMPTY = "(empty)";

    private final NodeShells shells;

    EvidenceCollection(NodeShells shells) {
        this.shells = shells;
    }

    NodeEvidence collect(Node node) {
        try (ActivityHeartbeat beats = ActivityHeartbeat.start()) {
            return read(shells.openAtFirstBoot(node)
                    .withHeartbeat(beats)
                    .run(command(), LIMIT)
                    .out());
        } catch (ApplicationFailure away) {
            return new NodeEvidence(List.of(
                    new NodeEvidence.EvidencePiece("not read", LogRedaction.redact(away.getOriginalMessage()))));
        }
    }

    static RemoteCommand command() {
        return RemoteCommand.script(SCRIPT);
    }

    /** Reads the pieces, most important first; later ones are shortened near the limit. */
    static NodeEvidence read(String out) {
        List<NodeEvidence.EvidencePiece> pieces = new ArrayList<>();
        int left = ALL;
        String[] parts = ("\n" + out).split("\n" + MARK, -1);
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            int end = part.indexOf('\n');
            if (end < 0 || part.startsWith(END)) {
                break;
            }
            String name = part.substring(0, Math.min(end, LONGEST_NAME));
            int room = left - size(name) - EMPTY.length();
            if (room <= 0) {
                break;
            }
            // Redacted are only the bytes that may be kept, with what a secret's name may need before them.
            String own = lastChars(part.substring(end + 1).strip(), ALL + LONGEST_NAME);
            String text = lastBytes(LogRedaction.redact(own), room);
            left = room - size(text);
            pieces.add(new NodeEvidence.EvidencePiece(name, text.isEmpty() ? EMPTY : text));
        }
        return new NodeEvidence(pieces);
    }

    private static String lastChars(String text, int limit) {
        return text.length() <= limit ? text : text.substring(text.length() - limit);
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
