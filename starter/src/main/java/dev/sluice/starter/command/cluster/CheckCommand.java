package dev.sluice.starter.command.cluster;

import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.NodeNaming;
import dev.sluice.starter.session.ShortRuns;
import dev.sluice.starter.text.CheckText;
import dev.sluice.workflows.CheckCluster;
import dev.sluice.workflows.CheckCluster.CheckPlan;
import dev.sluice.workflows.CheckCluster.CheckReport;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeName;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks the cluster now. */
@Command(
        name = "check",
        description = {
            "Checks now each node, each proxy, each published address, and each member through",
            "each proxy. Changes nothing; exit code 8 with findings. The schedule \"check\" does the",
            "same each minute, and ejects a member that stays ill."
        })
final class CheckCommand implements Callable<Integer> {
    private final CliSession session;

    @Parameters(index = "0..*", paramLabel = "NODE", description = "Only these nodes (default: all).")
    List<String> nodes = List.of();

    CheckCommand(CliSession session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ClusterFile file = session.clusterFile();
        List<NodeName> names = nodes.stream().map(NodeNaming::parse).distinct().toList();
        names.forEach(name -> NodeNaming.role(file, name));
        String id = ShortRuns.uniqueId("check/%s".formatted(file.name()));
        session.err().println("Web UI  " + session.links().workflowPage(id));
        session.err().flush();
        CheckReport report = session.starts()
                .runToEnd(
                        CheckCluster.class,
                        id,
                        ShortRuns.labels(
                                file.name(), "check of %s, by %s".formatted(file.name(), session.requestedBy())),
                        CheckReport.class,
                        new CheckPlan(file, names, false));
        session.printResult(CheckJson.of(file.name(), report), CheckText.lines(report, session.clock()));
        return CheckText.exitCode(report);
    }
}
