package dev.sluice.activities.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.workflows.model.node.NodeName;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class FirstContactKeyTest {
    private final FirstContactKey contact = new FirstContactKey(TestSshServer.seed(4));

    @Test
    void any_worker_with_the_secret_makes_the_same_user_data() {
        FirstContactKey other = new FirstContactKey(TestSshServer.seed(4));
        assertThat(other.create(TestSshServer.node("hello-app-1").ref()))
                .isEqualTo(contact.create(TestSshServer.node("hello-app-1").ref()));
    }

    @Test
    void another_name_or_another_secret_gives_another_key() {
        NodeName name = new NodeName("hello-app-1");
        assertThat(contact.pin(name)).isNotEqualTo(contact.pin(new NodeName("hello-app-2")));
        assertThat(contact.pin(name)).isNotEqualTo(new FirstContactKey(TestSshServer.seed(5)).pin(name));
    }

    @Test
    void user_data_brings_the_private_key_as_a_block_and_the_public_key_that_is_pinned() {
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
    void a_short_secret_is_refused_with_the_command_that_makes_a_good_one() {
        assertThatThrownBy(() -> new FirstContactKey(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31 bytes")
                .hasMessageContaining("openssl rand -hex 32");
    }
}
