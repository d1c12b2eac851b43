package dev.sluice.activities.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.sluice.workflows.model.node.Node;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Which host keys a connection accepts: the authority's certificate, and at first boot the pinned key as well. */
enum HostKeyTrust {
    CERTIFICATE {
        @Override
        String knownHosts(Node node, HostCertificateAuthority authority, FirstContactKey contact) {
            return "@cert-authority * " + authority.publicKey() + "\n";
        }

        @Override
        String hostKeys() {
            return "ssh-ed25519-cert-v01@openssh.com";
        }
    },
    PIN_OR_CERTIFICATE {
        @Override
        String knownHosts(Node node, HostCertificateAuthority authority, FirstContactKey contact) {
            String pinned = node.name() + " " + contact.pin(node.name()) + "\n";
            return CERTIFICATE.knownHosts(node, authority, contact) + pinned;
        }

        @Override
        String hostKeys() {
            return "ssh-ed25519-cert-v01@openssh.com,ssh-ed25519";
        }
    };

    abstract String knownHosts(Node node, HostCertificateAuthority authority, FirstContactKey contact);

    abstract String hostKeys();

    /** Sets the only host keys that JSch accepts. */
    void addKnownHosts(JSch jsch, Node node, HostCertificateAuthority authority, FirstContactKey contact)
            throws JSchException {
        byte[] known = knownHosts(node, authority, contact).getBytes(StandardCharsets.UTF_8);
        jsch.setKnownHosts(new ByteArrayInputStream(known));
    }

    void demand(Session session, Node node) {
        session.setHostKeyAlias(node.name().value());
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("server_host_key", hostKeys());
        session.setConfig("prefer_known_host_key_types", "no");
        session.setConfig("FingerprintHash", "sha256");
    }
}
