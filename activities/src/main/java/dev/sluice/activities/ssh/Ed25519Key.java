package dev.sluice.activities.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** An Ed25519 key pair in OpenSSH's formats, derived from its 32-byte seed. */
final class Ed25519Key {
    static final String TYPE = "ssh-ed25519";

    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int SEED = 32;

    private final byte[] seed;
    private final byte[] point;

    private Ed25519Key(byte[] seed) {
        this.seed = seed.clone();
        this.point = pointOf(seed);
    }

    static Ed25519Key ofSeed(byte[] seed) {
        if (seed.length != SEED) {
            throw new IllegalArgumentException("The seed of an Ed25519 key has 32 bytes, not " + seed.length);
        }
        return new Ed25519Key(seed);
    }

    /** Reads an unencrypted OpenSSH private key; throws IllegalArgumentException whose message omits the key's text. */
    static Ed25519Key parse(String text) {
        try {
            ByteBuffer outer = ByteBuffer.wrap(Base64.getMimeDecoder().decode(between(text)));
            byte[] magic = new byte[MAGIC.length];
            outer.get(magic);
            String cipher = new String(SshBytes.string(outer), StandardCharsets.US_ASCII);
            if (!Arrays.equals(magic, MAGIC) || !cipher.equals("none")) {
                throw new IllegalArgumentException("it is encrypted or of another format");
            }
            SshBytes.string(outer);
            SshBytes.string(outer);
            outer.getInt();
            SshBytes.string(outer);
            return ofSection(ByteBuffer.wrap(SshBytes.string(outer)));
        } catch (RuntimeException broken) {
            throw new IllegalArgumentException(
                    "The text is not an unencrypted Ed25519 key in OpenSSH's format: " + broken.getMessage(), broken);
        }
    }

    private static Ed25519Key ofSection(ByteBuffer section) {
        section.getLong();
        String type = new String(SshBytes.string(section), StandardCharsets.US_ASCII);
        if (!type.equals(TYPE)) {
            throw new IllegalArgumentException("its type is " + type);
        }
        SshBytes.string(section);
        return ofSeed(Arrays.copyOf(SshBytes.string(section), SEED));
    }

    private static String between(String text) {
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("it has no BEGIN and END lines");
        }
        return text.substring(from + BEGIN.length(), to);
    }

    /** The 32 bytes of the public key. */
    byte[] point() {
        return point.clone();
    }

    /** The public key as SSH sends it. */
    byte[] publicBlob() {
        return new SshBytes().string(TYPE).string(point).toBytes();
    }

    /** Type and base64, as in known_hosts and authorized_keys. */
    String publicText() {
        return TYPE + " " + Base64.getEncoder().encodeToString(publicBlob());
    }

    /** The unencrypted private key in OpenSSH's format, with a newline at its end. Deterministic. */
    String privateText() {
        SshBytes section = new SshBytes()
                .number(0L)
                .string(TYPE)
                .string(point)
                .string(new SshBytes().raw(seed).raw(point).toBytes())
                .string("");
        for (byte pad = 1; section.size() % 8 != 0; pad++) {
            section.raw(new byte[] {pad});
        }
        byte[] whole = new SshBytes()
                .raw(MAGIC)
                .string("none")
                .string("none")
                .string("")
                .number(1)
                .string(publicBlob())
                .string(section.toBytes())
                .toBytes();
        String lines = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(whole);
        return BEGIN + "\n" + lines + "\n" + END + "\n";
    }

    byte[] sign(byte[] message) {
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java cannot sign with Ed25519", missing);
        }
    }

    private static byte[] pointOf(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new SeedOnlyRandom(seed));
            byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
            return Arrays.copyOfRange(encoded, encoded.length - SEED, encoded.length);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java cannot make Ed25519 keys", missing);
        }
    }

    /** Returns the seed as randomness, since the JDK derives a public key from a seed in no other way. */
    private static final class SeedOnlyRandom extends SecureRandom {
        private final transient byte[] seed;

        SeedOnlyRandom(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
