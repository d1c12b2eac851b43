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

/** Takes nodes of one role out of service for good. */
@Command(
        name = "retire",
        description = "Takes nodes of one role out of service, waits until they are idle, and destroys them.")
public final class Retire implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NODE", arity = "1..*", description = "The nodes' names, such as hello-app-k3f9.")
    List<String> nodes = List.of();

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
        List<NodeName> names = nodes.stream().map(NodeNames::parse).distinct().toList();
        if (!withoutProxies.isEmpty() && reason.isBlank()) {
            throw new Trouble(ExitCode.USAGE, "--without-proxy needs --reason: that proxy gets no traffic meanwhile.");
        }
        ChangePlan plan = new ChangePlan(
                file,
                NodeNames.role(file, names),
                ChangePlan.Kind.RETIRE,
                names,
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
