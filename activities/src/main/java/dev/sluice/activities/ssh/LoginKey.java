package dev.sluice.activities.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.nio.charset.StandardCharsets;

/** The key with which workers log in on nodes, as others know it. */
public final class LoginKey {
    private LoginKey() {}

    /** The MD5 fingerprint, as DigitalOcean shows it; throws IllegalArgumentException if the text is no private key. */
    public static String fingerprint(String privateKey) {
        try {
            JSch jsch = new JSch();
            jsch.setConfig("FingerprintHash", "md5");
            KeyPair pair = KeyPair.load(jsch, privateKey.getBytes(StandardCharsets.UTF_8), null);
            String shown = pair.getFingerPrint();
            pair.dispose();
            return shown.replaceFirst("^.*?((?:[0-9a-f]{2}:){15}[0-9a-f]{2}).*$", "$1");
        } catch (JSchException unreadable) {
            throw new IllegalArgumentException("it is not a private key: " + unreadable.getMessage(), unreadable);
        }
    }
}
