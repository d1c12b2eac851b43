package dev.sluice.starter.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HostAuthorityKeyTest {
    @Test
    void readsThePublicKeyFromThePrivateKeyFile() {
        byte[] publicKey = join(string("ssh-ed25519"), string("the thirty-two bytes of this key"));
        byte[] file = join(
                "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII),
                string("none"),
                string("none"),
                string(""),
                ByteBuffer.allocate(4).putInt(1).array(),
                ByteBuffer.allocate(4).putInt(publicKey.length).array(),
                publicKey,
                string("the private half"));

        String found = HostAuthorityKey.publicKey(armoured(file));

        assertThat(found).isEqualTo("ssh-ed25519 " + Base64.getEncoder().encodeToString(publicKey));
        assertThat(HostAuthorityKey.knownHostsLine(found, "hello-app-k3f9"))
                .isEqualTo("@cert-authority hello-app-k3f9 %s%n", found);
    }

    @Test
    void rejectsAnyOtherFileWithAReason() {
        assertThatThrownBy(() -> HostAuthorityKey.publicKey("ssh-ed25519 AAAA"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("is neither an ed25519 public key nor a private key in OpenSSH's format");
        byte[] cut = join("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII), string("none"));
        assertThatThrownBy(() -> HostAuthorityKey.publicKey(armoured(cut))).hasMessage("is truncated");
    }

    @Test
    void sshStoresNoKeysAndTrustsOnlyTheAuthority() {
        List<String> words = SshArguments.arguments(
                "hello-app-k3f9",
                "10.77.0.14",
                Path.of("key"),
                Path.of("known"),
                Optional.of("4711"),
                List.of("uptime"));

        assertThat(String.join(" ", words))
                .isEqualTo("nsenter --preserve-credentials -U -n -t 4711 -- ssh -F none"
                        + " -o UserKnownHostsFile=known -o GlobalKnownHostsFile=none -o StrictHostKeyChecking=yes"
                        + " -o HostKeyAlias=hello-app-k3f9 -o HostKeyAlgorithms=ssh-ed25519-cert-v01@openssh.com"
                        + " -o IdentitiesOnly=yes -o ConnectTimeout=10 -i key root@10.77.0.14 uptime");
    }

    private static String armoured(byte[] file) {
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n%s\n-----END OPENSSH PRIVATE KEY-----\n"
                .formatted(Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(file));
    }

    private static byte[] string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
