package dev.sluice.starter.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words of a call of the system's ssh: nobody is trusted but the authority, nothing is learned. */
final class SshArguments {
    private SshArguments() {}

    /**
     * The words.
     *
     * @param network a process whose network the node is in, if it is not ours: the lab's
     * @param command what to run there; empty for a shell
     */
    public static List<String> arguments(
            String node, String address, Path key, Path knownHosts, Optional<String> network, List<String> command) {
        List<String> words = new ArrayList<>();
        network.ifPresent(
                process -> words.addAll(List.of("nsenter", "--preserve-credentials", "-U", "-n", "-t", process, "--")));
        words.addAll(List.of(
                "ssh",
                "-F",
                "none",
                "-o",
                "UserKnownHostsFile=" + knownHosts,
                "-o",
                "GlobalKnownHostsFile=none",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "HostKeyAlias=" + node,
                "-o",
                "HostKeyAlgorithms=ssh-ed25519-cert-v01@openssh.com",
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "ConnectTimeout=10",
                "-i",
                key.toString(),
                "root@" + address));
        words.addAll(command);
        return words;
    }
}
