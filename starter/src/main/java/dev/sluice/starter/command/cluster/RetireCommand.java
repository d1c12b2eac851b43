package dev.sluice.starter.command.cluster;

import dev.sluice.starter.clusterfile.DurationParser;
import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.NodeNaming;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Retires nodes of one role. */
@Command(
        name = "retire",
        description = "Takes nodes of one role out of service, waits until they are drained, and destroys them.")
final class RetireCommand implements Callable<Integer> {
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(10);

    private final CliSession session;

    @Parameters(paramLabel = "NODE", arity = "1..*", description = "Names of the nodes, such as hello-app-k3f9.")
    List<String> nodes = List.of();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Reason for the change. Recorded in Temporal and shown in reports.")
    String reason = "";

    @Option(names = "--wait", description = "Waits until a running change of the role has ended.")
    boolean waits;

    @Option(
            names = "--without-proxy",
            paramLabel = "NODE",
            description = "Continues without that unreachable proxy, after withdrawing it from DNS; needs --reason.")
    List<String> withoutProxies = List.of();

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            description =
                    "How long requests in flight are waited for, such as 5m; then they are cut. Default: the file's.")
    String drain = "";

    @Option(names = "--accept-config", description = "Accepts a cluster file that differs from the last change's.")
    boolean acceptConfig;

    RetireCommand(CliSession session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ClusterFile file = session.clusterFile();
        List<NodeName> names = nodes.stream().map(NodeNaming::parse).distinct().toList();
        if (!withoutProxies.isEmpty() && reason.isBlank()) {
            throw new CliException(
                    ExitCode.USAGE, "--without-proxy needs --reason: that proxy gets no traffic meanwhile.");
        }
        ChangePlan plan = ChangeStarter.requirePossible(new ChangePlan(
                file,
                NodeNaming.role(file, names),
                ChangePlan.ChangeKind.RETIRE,
                names,
                Optional.empty(),
                Optional.empty(),
                withoutProxies.stream().map(NodeNaming::parse).toList(),
                Optional.empty(),
                acceptConfig,
                drainLimit(),
                session.requestedBy(),
                reason,
                session.clock().instant()));
        return new ChangeStarter(session)
                .startAndFollow(plan, waits ? ChangeStarter.WhenLocked.WAIT : ChangeStarter.WhenLocked.REFUSE);
    }

    private Optional<Duration> drainLimit() {
        if (drain.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(DurationParser.parse(drain)
                .filter(limit -> limit.compareTo(LONGEST_DRAIN) <= 0)
                .orElseThrow(() -> new CliException(
                        ExitCode.USAGE, "--drain %s is no time up to 10m, such as 30s or 5m.".formatted(drain))));
    }
}
