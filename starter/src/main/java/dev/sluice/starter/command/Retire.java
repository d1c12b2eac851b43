package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.NodeName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a node out of service for good. */
@Command(name = "retire", description = "Takes a node out of service, waits until it is idle, and destroys it.")
public final class Retire implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NODE", description = "The node's name, such as hello-app-k3f9.")
    String node = "";

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why; everybody gets to read it.")
    String reason = "";

    @Option(names = "--wait", description = "Waits for a running change of the role to end first.")
    boolean waits;

    @Option(
            names = "--without-proxy",
            paramLabel = "NODE",
            description = "Goes on without that unreachable proxy, after withdrawing it from DNS; needs --reason.")
    List<String> withoutProxies = List.of();

    public Retire(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ClusterFile file = session.clusterFile();
        NodeName name = NodeNames.parse(node);
        if (!withoutProxies.isEmpty() && reason.isBlank()) {
            throw new Trouble(ExitCode.USAGE, "--without-proxy needs --reason: that proxy gets no traffic meanwhile.");
        }
        ChangePlan plan = new ChangePlan(
                file,
                NodeNames.role(file, name),
                ChangePlan.Kind.RETIRE,
                List.of(name),
                Optional.empty(),
                Optional.empty(),
                withoutProxies.stream().map(NodeNames::parse).toList(),
                Optional.empty(),
                true,
                session.by(),
                reason,
                session.clock().instant());
        return new Changes(session).carryOut(plan, waits);
    }
}
