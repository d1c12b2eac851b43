package dev.sluice.activities.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The key with which workers log in on nodes, as others know it. */
public final class LoginKey {
    private LoginKey() {}

    /** The MD5 fingerprint, as DigitalOcean shows it; throws IllegalArgumentException if the text is no private key. */
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
