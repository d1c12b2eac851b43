package dev.sluice.activities.ssh;

import dev.sluice.activities.cloud.api.UserData;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives the host key that a new machine gets in its user data, from the workers' secret and the node's name
 * (HKDF-SHA256, RFC 5869). Any worker can compute the pin again, so nothing is stored.
 */
public final class FirstContactKey implements UserData {
    private static final int SHORTEST_SECRET = 32;
    private static final byte[] SALT = "sluice first contact v1".getBytes(StandardCharsets.UTF_8);

    private final byte[] secret;

    /** Throws IllegalArgumentException if the secret has fewer than 32 bytes. */
    public FirstContactKey(byte[] secret) {
        if (secret.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "The first-contact secret has %d bytes; it needs at least %d: make one with 'openssl rand -hex 32'"
                            .formatted(secret.length, SHORTEST_SECRET));
        }
        this.secret = secret.clone();
    }

    @Override
    public String create(NodeRef node) {
        Ed25519Key key = key(node.name());
        String indented = key.privateText().lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
        return """
                #cloud-config
                ssh_keys:
                  ed25519_private: |
                %s
                  ed25519_public: %s
                """.formatted(indented, key.publicText());
    }

    /** The public key of the node at first contact, as type and base64. */
    String pin(NodeName node) {
        return key(node).publicText();
    }

    private Ed25519Key key(NodeName node) {
        byte[] extracted = hmac(SALT, secret);
        byte[] info = ("host key of " + node + "\1").getBytes(StandardCharsets.UTF_8);
        return Ed25519Key.ofSeed(hmac(extracted, info));
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java has no HmacSHA256", missing);
        }
    }
}
