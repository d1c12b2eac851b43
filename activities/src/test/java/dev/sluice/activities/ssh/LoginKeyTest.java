package dev.sluice.activities.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class LoginKeyTest {
    @Test
    void fingerprintEqualsDigitalOceans() throws NoSuchAlgorithmException {
        byte[] blob =
                Base64.getDecoder().decode(TestSshServer.WORKER.publicText().split(" ", -1)[1]);
        byte[] digest = MessageDigest.getInstance("MD5").digest(blob);

        assertThat(LoginKey.fingerprint(TestSshServer.WORKER.privateText()))
                .isEqualTo(HexFormat.ofDelimiter(":").formatHex(digest));
    }

    @Test
    void rejectsATextThatIsNoKey() {
        assertThatThrownBy(() -> LoginKey.fingerprint("hello"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("it is not a private key");
    }
}
