package dev.sluice.starter.ssh;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the public half of the host authority: from its public key file, or from the private one, which contains it unencrypted. */
public final class HostAuthorityKey {
    private static final Pattern ARMOUR = Pattern.compile(
            "-----BEGIN OPENSSH PRIVATE KEY-----(.*?)-----END OPENSSH PRIVATE KEY-----", Pattern.DOTALL);
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern PUBLIC =
            Pattern.compile("(ssh-ed25519) (AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43})( .*)?\\s*");

    private HostAuthorityKey() {}

    /** Returns {@code ssh-ed25519 AAAA…}; throws IllegalArgumentException if the text is not such a key. */
    public static String publicKey(String keyFile) {
        Matcher open = PUBLIC.matcher(keyFile);
        if (open.matches()) {
            return "%s %s".formatted(open.group(1), open.group(2));
        }
        Matcher armour = ARMOUR.matcher(keyFile);
        if (!armour.find()) {
            throw new IllegalArgumentException(
                    "is neither an ed25519 public key nor a private key in OpenSSH's format");
        }
        byte[] key = publicPart(Base64.getMimeDecoder().decode(armour.group(1)));
        String kind = new String(next(ByteBuffer.wrap(key)), StandardCharsets.US_ASCII);
        return kind + " " + Base64.getEncoder().encodeToString(key);
    }

    /** Returns a line of known_hosts that trusts the authority for one name. */
    public static String knownHostsLine(String publicKey, String node) {
        return "@cert-authority %s %s%n".formatted(node, publicKey);
    }

    private static byte[] publicPart(byte[] file) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(file);
            byte[] magic = new byte[MAGIC.length];
            buffer.get(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new IllegalArgumentException("is not a private key in OpenSSH's format");
            }
            for (int cipherAndDerivation = 0; cipherAndDerivation < 3; cipherAndDerivation++) {
                next(buffer);
            }
            buffer.getInt();
            return next(buffer);
        } catch (BufferUnderflowException truncated) {
            throw new IllegalArgumentException("is truncated", truncated);
        }
    }

    private static byte[] next(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new IllegalArgumentException("is truncated");
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
