package dev.sluice.activities.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class Ed25519KeyTest {
    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    @Test
    void publicKeyOfASeedMatchesRfc8032() {
        Ed25519Key key = Ed25519Key.ofSeed(HexFormat.of().parseHex(SEED));
        assertThat(HexFormat.of().formatHex(key.point()))
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    }

    @Test
    void signatureMatchesRfc8032() {
        Ed25519Key key = Ed25519Key.ofSeed(HexFormat.of().parseHex(SEED));
        assertThat(HexFormat.of().formatHex(key.sign(new byte[0])))
                .startsWith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")
                .endsWith("5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    }

    @Test
    void openSshKeyReadsBackUnchanged() {
        Ed25519Key key = Ed25519Key.ofSeed(TestSshServer.seed(7));
        assertThat(Ed25519Key.parse(key.privateText()).publicText()).isEqualTo(key.publicText());
    }

    @Test
    void rejectsAnInvalidKeyWithoutItsText() {
        assertThatThrownBy(() -> Ed25519Key.parse("hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OpenSSH")
                .hasMessageNotContaining("hunter2");
    }
}
