package dev.sluice.activities.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.workflows.model.node.NodeName;
import java.time.Duration;
import java.util.Map;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.Test;

final class HostCertificateAuthorityTest {
    private final TestClock clock = new TestClock();
    private final HostCertificateAuthority authority =
            new HostCertificateAuthority(TestSshServer.AUTHORITY.privateText(), clock);

    @Test
    void sshdReadsTheCertificateForThisHostOnly() throws Exception {
        String text = authority.sign(new NodeName("hello-app-1"), TestSshServer.OWN.publicText());
        OpenSshCertificate read =
                (OpenSshCertificate) PublicKeyEntry.parsePublicKeyEntry(text).resolvePublicKey(null, Map.of(), null);
        assertThat(read.getType()).isEqualTo(OpenSshCertificate.Type.HOST);
        assertThat(read.getPrincipals()).containsExactly("hello-app-1");
        assertThat(PublicKeyEntry.toString(read.getCertPubKey())).isEqualTo(TestSshServer.OWN.publicText());
        assertThat(PublicKeyEntry.toString(read.getCaPubKey())).isEqualTo(authority.publicKey());
        assertThat(read.getValidAfter())
                .isEqualTo(clock.instant().minus(Duration.ofMinutes(5)).getEpochSecond());
        assertThat(read.getValidBefore())
                .isEqualTo(clock.instant().plus(Duration.ofDays(364)).getEpochSecond());
    }

    @Test
    void signsOnlyOneEd25519Key() {
        NodeName node = new NodeName("hello-app-1");
        assertThatThrownBy(() -> authority.sign(node, "ssh-rsa AAAA")).hasMessageContaining("ssh-ed25519");
        assertThatThrownBy(() -> authority.sign(node, "ssh-ed25519 AAAAB3NzaC1yc2E="))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
