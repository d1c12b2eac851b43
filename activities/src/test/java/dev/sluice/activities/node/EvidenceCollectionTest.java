package dev.sluice.activities.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.node.gate.NodeFixtures;
import dev.sluice.activities.secret.LogRedaction;
import dev.sluice.activities.ssh.CommandResult;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeEvidence;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EvidenceCollectionTest {
    private static final Node NODE = NodeFixtures.node("hello-app-1", 1);

    @Test
    void piecesHaveTheNamesFromTheNode() {
        NodeEvidence evidence =
                collect("banner\nsluice-piece journal\nbad\nthings\nsluice-piece disk\n\nsluice-piece end\n");
        assertThat(evidence.pieces())
                .containsExactly(
                        new NodeEvidence.EvidencePiece("journal", "bad\nthings"),
                        new NodeEvidence.EvidencePiece("disk", "(empty)"));
    }

    @Test
    void limitsAllPiecesTo48KibAndKeepsTheLastLines() {
        String out = "sluice-piece a\n" + "é".repeat(20_000) + "last a\nsluice-piece b\n" + "x".repeat(20_000)
                + "last b\nsluice-piece end\n";
        NodeEvidence evidence = collect(out);
        int size = evidence.pieces().stream()
                .mapToInt(piece -> (piece.name() + piece.text()).getBytes(StandardCharsets.UTF_8).length)
                .sum();
        assertThat(size).isLessThanOrEqualTo(48 * 1024);
        assertThat(evidence.pieces())
                .allSatisfy(piece -> assertThat(piece.text()).endsWith("last " + piece.name()));
    }

    @Test
    void unreachableNodeIsReportedInAPiece() {
        Shell away = (command, limit) -> {
            throw TypedFailures.of(FailureType.NODE_UNREACHABLE, "hello-app-1 does not answer.");
        };
        assertThat(new EvidenceCollection(shells(away)).collect(NODE).pieces())
                .containsExactly(new NodeEvidence.EvidencePiece("not read", "hello-app-1 does not answer."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN OPENSSH PRIVATE KEY-----\ncanary\n-----END OPENSSH PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\ncanary",
                "canary\n-----END RSA PRIVATE KEY-----",
                "password=canary",
                "DB_PASSWORD: \"canary two\"",
                "Authorization: Bearer canary",
                "curl -H 'authorization: bearer canary1234'",
                "token = canary",
                "secret_key=canary",
                "https://user:canary@host/path",
                "dop_v1_ca0a0e",
            })
    void redactsKeysTokensAndPasswords(String text) {
        assertThat(LogRedaction.redact("before\n" + text + " after"))
                .contains("[redacted]")
                .doesNotContain("canary", "ca0a0e");
    }

    @Test
    void keepsOrdinaryLines() {
        String line = "[core:error] [pid 7] AH00094: cannot open /etc/apache2/sites-enabled/x.conf";
        assertThat(LogRedaction.redact(line)).isEqualTo(line);
    }

    private static NodeEvidence collect(String out) {
        return new EvidenceCollection(shells((command, limit) -> new CommandResult(0, out, ""))).collect(NODE);
    }

    private static NodeShells shells(Shell shell) {
        return new NodeShells() {
            @Override
            public Shell open(Node node) {
                throw new AssertionError("a node whose first boot failed has no certificate");
            }

            @Override
            public Shell openAtFirstBoot(Node node) {
                return shell;
            }
        };
    }
}
