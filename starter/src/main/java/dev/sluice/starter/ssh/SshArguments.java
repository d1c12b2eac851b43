package dev.sluice.starter.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the command line of the system's ssh, which trusts only the authority and stores no keys. */
final class SshArguments {
    private SshArguments() {}

    /**
     * Returns the words of the command line.
     *
     * @param network a process in the node's network namespace, if that is not this machine's: the lab
     * @param command the command to run on the node; empty for a shell
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
