package dev.sluice.activities.ssh;

import dev.sluice.workflows.model.node.NodeName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Signs the host keys of nodes, so that a client that trusts the authority can verify each node by its name. Uses the
 * JDK's Ed25519, because sshd's certificate builder needs sshd-core and a security provider for such keys. The format is
 * that of OpenSSH's PROTOCOL.certkeys.
 */
public final class HostCertificateAuthority {
    private static final String CERTIFICATE = "ssh-ed25519-cert-v01@openssh.com";
    private static final int HOST = 2;
    private static final Duration BEFORE = Duration.ofMinutes(5);
    private static final Duration AFTER = Duration.ofDays(52 * 7);

    private final Ed25519Key key;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Takes an unencrypted Ed25519 key in OpenSSH's format; throws IllegalArgumentException for anything else. */
    public HostCertificateAuthority(String privateKey, Clock clock) {
        this.key = Ed25519Key.parse(privateKey);
        this.clock = clock;
    }

    /** The authority's public key, as type and base64, for {@code @cert-authority} lines. */
    public String publicKey() {
        return key.publicText();
    }

    /**
     * A host certificate for the node, valid from five minutes ago for 52 weeks.
     *
     * @param hostKey the node's public key, as type and base64
     */
    public String sign(NodeName node, String hostKey) {
        byte[] nonce = new byte[32];
        random.nextBytes(nonce);
        Instant now = clock.instant();
        SshBytes signed = new SshBytes()
                .string(CERTIFICATE)
                .string(nonce)
                .string(pointOf(hostKey))
                .number(now.toEpochMilli())
                .number(HOST)
                .string(node.value())
                .string(new SshBytes().string(node.value()).toBytes())
                .number(now.minus(BEFORE).getEpochSecond())
                .number(now.plus(AFTER).getEpochSecond())
                .string("")
                .string("")
                .string("")
                .string(key.publicBlob());
        byte[] signature = new SshBytes()
                .string(Ed25519Key.TYPE)
                .string(key.sign(signed.toBytes()))
                .toBytes();
        byte[] whole = signed.string(signature).toBytes();
        return CERTIFICATE + " " + Base64.getEncoder().encodeToString(whole) + " " + node;
    }

    private static byte[] pointOf(String hostKey) {
        String[] words = hostKey.strip().split(" ", -1);
        if (words.length < 2 || !words[0].equals(Ed25519Key.TYPE)) {
            throw new IllegalArgumentException("A host key to sign must be of type ssh-ed25519");
        }
        ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(words[1]));
        String type = new String(SshBytes.string(blob), StandardCharsets.US_ASCII);
        byte[] point = SshBytes.string(blob);
        if (!type.equals(Ed25519Key.TYPE) || point.length != 32 || blob.hasRemaining()) {
            throw new IllegalArgumentException("A host key to sign must be one Ed25519 key");
        }
        return point;
    }
}
