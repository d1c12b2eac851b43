package dev.sluice.activities.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes the fingerprint of the key that workers log in with. */
public final class LoginKey {
    private LoginKey() {}

    /** Returns DigitalOcean's MD5 fingerprint; throws IllegalArgumentException if the text is no private key. */
    public static String fingerprint(String privateKey) {
        try {
            KeyPair pair = KeyPair.load(new JSch(), privateKey.getBytes(StandardCharsets.UTF_8), null);
            byte[] digest = MessageDigest.getInstance("MD5").digest(pair.getPublicKeyBlob());
            pair.dispose();
            return HexFormat.ofDelimiter(":").formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has MD5", impossible);
        } catch (JSchException unreadable) {
            throw new IllegalArgumentException("it is not a private key: " + unreadable.getMessage(), unreadable);
        }
    }
}
