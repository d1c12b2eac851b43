package dev.sluice.activities.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.workflows.model.node.NodeName;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class FirstContactKeyTest {
    private final FirstContactKey contact = new FirstContactKey(TestSshServer.seed(4));

    @Test
    void workersWithOneSecretCreateTheSameUserData() {
        FirstContactKey other = new FirstContactKey(TestSshServer.seed(4));
        assertThat(other.create(TestSshServer.node("hello-app-1").ref()))
                .isEqualTo(contact.create(TestSshServer.node("hello-app-1").ref()));
    }

    @Test
    void otherNameOrSecretGivesAnotherKey() {
        NodeName name = new NodeName("hello-app-1");
        assertThat(contact.pin(name)).isNotEqualTo(contact.pin(new NodeName("hello-app-2")));
        assertThat(contact.pin(name)).isNotEqualTo(new FirstContactKey(TestSshServer.seed(5)).pin(name));
    }

    @Test
    void userDataHoldsThePrivateKeyAndThePinnedPublicKey() {
        String data = contact.create(TestSshServer.node("hello-app-1").ref());
        assertThat(data.lines().limit(4))
                .containsExactly(
                        "#cloud-config",
                        "ssh_keys:",
                        "  ed25519_private: |",
                        "    -----BEGIN OPENSSH PRIVATE KEY-----");
        assertThat(data).endsWith("  ed25519_public: " + contact.pin(new NodeName("hello-app-1")) + "\n");
        String key = data.lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        assertThat(Ed25519Key.parse(key).publicText()).isEqualTo(contact.pin(new NodeName("hello-app-1")));
    }

    @Test
    void rejectsAShortSecretAndNamesACommand() {
        assertThatThrownBy(() -> new FirstContactKey(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31 bytes")
                .hasMessageContaining("openssl rand -hex 32");
    }
}
