package dev.sluice.worker;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of a worker from its environment. Secrets are named by file and never printed.
 *
 * @param api DigitalOcean's API; plain http only for loopback
 * @param token its bearer token
 * @param sshKey the workers' private key for root on the nodes
 * @param hostAuthority private key that signs the nodes' host keys
 * @param firstContact secret from which first-contact keys are derived, at least 32 bytes
 * @param secrets directory with one file for each secret that cluster files name
 * @param nameServer host:port to query for published records; empty for the zone's own servers
 * @param port of readiness and metrics, on loopback
 */
record WorkerSettings(
        URI api,
        String token,
        Path sshKey,
        Path hostAuthority,
        Path firstContact,
        Path secrets,
        Optional<String> nameServer,
        int port) {
    public WorkerSettings {
        if (!"https".equals(api.getScheme()) && !isLoopback(api)) {
            throw new IllegalArgumentException(
                    "SLUICE_DO_API: %s is not https; plain http is accepted for loopback only".formatted(api));
        }
    }

    private static boolean isLoopback(URI api) {
        try {
            return "http".equals(api.getScheme())
                    && InetAddress.getByName(api.getHost()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "WorkerSettings[api=%s, port=%d]".formatted(api, port);
    }
}
