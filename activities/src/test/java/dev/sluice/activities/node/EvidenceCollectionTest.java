package dev.sluice.activities.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.secret.Redaction;
import dev.sluice.activities.ssh.Answer;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.activities.ssh.Shells;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.Evidence;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EvidenceCollectionTest {
    private static final Node NODE = Nodes.node("hello-app-1", 1);

    @Test
    void pieces_have_the_names_that_the_node_gave_them() {
        Evidence evidence =
                collect("banner\nsluice-piece journal\nbad\nthings\nsluice-piece disk\n\nsluice-piece end\n");
        assertThat(evidence.pieces())
                .containsExactly(new Evidence.Piece("journal", "bad\nthings"), new Evidence.Piece("disk", "(empty)"));
    }

    @Test
    void together_they_are_never_more_than_48_kib_and_the_last_lines_are_kept() {
        String out = "sluice-piece a\n" + "é".repeat(20_000) + "last a\nsluice-piece b\n" + "x".repeat(20_000)
                + "last b\nsluice-piece end\n";
        Evidence evidence = collect(out);
        int size = evidence.pieces().stream()
                .mapToInt(piece -> (piece.name() + piece.text()).getBytes(StandardCharsets.UTF_8).length)
                .sum();
        assertThat(size).isLessThanOrEqualTo(48 * 1024);
        assertThat(evidence.pieces())
                .allSatisfy(piece -> assertThat(piece.text()).endsWith("last " + piece.name()));
    }

    @Test
    void a_node_that_cannot_be_asked_is_said_in_its_piece() {
        Shell away = (command, limit) -> {
            throw Failures.of(FailureType.NODE_UNREACHABLE, "hello-app-1 does not answer.");
        };
        assertThat(new EvidenceCollection(shells(away)).of(NODE).pieces())
                .containsExactly(new Evidence.Piece("not read", "hello-app-1 does not answer."));
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
    void keys_tokens_and_passwords_are_redacted(String text) {
        assertThat(Redaction.of("before\n" + text + " after"))
                .contains("[redacted]")
                .doesNotContain("canary", "ca0a0e");
    }

    @Test
    void ordinary_lines_stay_as_they_are() {
        String line = "[core:error] [pid 7] AH00094: cannot open /etc/apache2/sites-enabled/x.conf";
        assertThat(Redaction.of(line)).isEqualTo(line);
    }

    private static Evidence collect(String out) {
        return new EvidenceCollection(shells((command, limit) -> new Answer(0, out, ""))).of(NODE);
    }

    private static Shells shells(Shell shell) {
        return new Shells() {
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
