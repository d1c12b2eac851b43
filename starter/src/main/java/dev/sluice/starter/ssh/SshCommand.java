package dev.sluice.starter.ssh;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.NodeNaming;
import dev.sluice.starter.session.ShortRuns;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens a shell on a node. */
@Command(
        name = "ssh",
        description = "Opens a shell on a node, or runs a command there; trusts only the cluster's host authority.")
public final class SshCommand implements Callable<Integer> {
    private final CliSession session;

    @Parameters(index = "0", paramLabel = "NODE", description = "Name of the node, such as hello-app-k3f9.")
    String node = "";

    @Parameters(index = "1..*", paramLabel = "COMMAND", description = "Command to run there (default: a shell).")
    List<String> command = List.of();

    @Option(
            names = "--address",
            paramLabel = "IP",
            description = {
                "Address of the node. Then neither Temporal nor a worker, the",
                "API or the cluster file is asked; the host certificate is."
            })
    @Nullable
    String address;

    public SshCommand(CliSession session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path key = file("SLUICE_SSH_KEY");
        String authority = authority(file("SLUICE_HOST_CA"));
        NodeName name = NodeNaming.parse(node);
        String target = address == null ? askForAddress(name) : parse(address);
        return shell(name, target, key, authority);
    }

    private static String parse(String address) {
        try {
            return new Ipv4Address(address).value();
        } catch (IllegalArgumentException wrong) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--address %s: expected an IPv4 address such as 10.114.0.21.".formatted(address),
                    wrong);
        }
    }

    private int shell(NodeName name, String address, Path key, String authority)
            throws IOException, InterruptedException {
        Path knownHosts = Files.createTempFile("sluice-known-hosts", "");
        try {
            Files.writeString(knownHosts, HostAuthorityKey.knownHostsLine(authority, name.value()));
            Optional<String> network = Optional.ofNullable(session.environment().get("SLUICE_LAB_PID"))
                    .filter(process -> process.matches("\\d+"));
            return new ProcessBuilder(SshArguments.arguments(name.value(), address, key, knownHosts, network, command))
                    .inheritIO()
                    .start()
                    .waitFor();
        } finally {
            Files.deleteIfExists(knownHosts);
        }
    }

    private String askForAddress(NodeName name) {
        ClusterFile file = session.clusterFile();
        NodeNaming.role(file, name);
        session.err().println("Web UI  " + session.links().workflowPage(WorkflowIds.node(file.name(), name)));
        session.err().flush();
        NodeStatus found = new ShortRuns(session)
                .showCluster(file).nodes().stream()
                        .filter(status -> status.ref().name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new CliException(
                                ExitCode.USAGE,
                                "%s has no node %s.  See: %s".formatted(file.name(), name, CommandHints.status())));
        return found.node()
                .map(Node::privateAddress)
                .map(Object::toString)
                .orElseThrow(() -> new CliException(
                        ExitCode.REFUSED,
                        "%s has no address yet: its droplet is still being created.".formatted(name)));
    }

    private Path file(String variable) {
        String value = session.environment().getOrDefault(variable, "");
        if (value.isBlank() || !Files.isReadable(Path.of(value))) {
            throw new CliException(
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
            return HostAuthorityKey.publicKey(Files.readString(path));
        } catch (IllegalArgumentException wrong) {
            throw new CliException(ExitCode.USAGE, "SLUICE_HOST_CA: %s %s.".formatted(path, wrong.getMessage()), wrong);
        }
    }
}
