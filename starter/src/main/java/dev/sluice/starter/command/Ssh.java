package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.ssh.HostAuthority;
import dev.sluice.starter.ssh.SshCall;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A shell on a node. */
@Command(
        name = "ssh",
        description = "Opens a shell on a node, or runs a command there, trusting only the cluster's host authority.")
public final class Ssh implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "NODE", description = "The node's name, such as hello-app-k3f9.")
    String node = "";

    @Parameters(index = "1..*", paramLabel = "COMMAND", description = "What to run there (default: a shell).")
    List<String> command = List.of();

    public Ssh(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path key = file("SLUICE_SSH_KEY");
        String authority = authority(file("SLUICE_HOST_CA"));
        ClusterFile file = session.clusterFile();
        NodeName name = NodeNames.parse(node);
        NodeNames.role(file, name);
        String address = address(file, name);
        session.err().println("Web UI  " + session.links().of(dev.sluice.workflows.Names.node(file.name(), name)));
        session.err().flush();
        return shell(name, address, key, authority);
    }

    private int shell(NodeName name, String address, Path key, String authority)
            throws IOException, InterruptedException {
        Path knownHosts = Files.createTempFile("sluice-known-hosts", "");
        try {
            Files.writeString(knownHosts, HostAuthority.knownHosts(authority, name.value()));
            Optional<String> network = Optional.ofNullable(session.environment().get("SLUICE_LAB_PID"))
                    .filter(process -> process.matches("\\d+"));
            return new ProcessBuilder(SshCall.words(name.value(), address, key, knownHosts, network, command))
                    .inheritIO()
                    .start()
                    .waitFor();
        } finally {
            Files.deleteIfExists(knownHosts);
        }
    }

    private String address(ClusterFile file, NodeName name) {
        NodeStatus found = new Reading(session)
                .cluster(file).nodes().stream()
                        .filter(status -> status.ref().name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new Trouble(
                                ExitCode.USAGE,
                                "%s has no node %s.  See: %s".formatted(file.name(), name, Hints.status())));
        return found.node()
                .map(Node::privateAddress)
                .map(Object::toString)
                .orElseThrow(() -> new Trouble(
                        ExitCode.REFUSED, "%s has no address yet: it is still being made.".formatted(name)));
    }

    private Path file(String variable) {
        String value = session.environment().getOrDefault(variable, "");
        if (value.isBlank() || !Files.isReadable(Path.of(value))) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "%s %s; expected the path of a readable key file, the same as the workers'."
                            .formatted(
                                    variable,
                                    value.isBlank() ? "is not set" : "names " + value + ", which cannot be read"));
        }
        return Path.of(value);
    }

    private static String authority(Path path) throws IOException {
        try {
            return HostAuthority.publicKey(Files.readString(path));
        } catch (IllegalArgumentException wrong) {
            throw new Trouble(ExitCode.USAGE, "SLUICE_HOST_CA: %s %s.".formatted(path, wrong.getMessage()), wrong);
        }
    }
}
