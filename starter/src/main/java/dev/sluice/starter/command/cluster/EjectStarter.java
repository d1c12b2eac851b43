package dev.sluice.starter.command.cluster;

import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.NodeNaming;
import dev.sluice.starter.session.ShortRuns;
import dev.sluice.starter.text.SentenceFormat;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.EjectNode.EjectPlan;
import dev.sluice.workflows.EjectNode.EjectReport;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the run that ejects or readmits a member. It needs no lock, because both are idempotent. */
final class EjectStarter {
    private final CliSession session;

    EjectStarter(CliSession session) {
        this.session = session;
    }

    int eject(String node, String reason) {
        return start("eject", node, false, reason);
    }

    int readmit(String node, String reason) {
        return start("readmit", node, true, reason);
    }

    private int start(String verb, String node, boolean readmit, String reason) {
        ClusterFile file = session.clusterFile();
        NodeName name = NodeNaming.parse(node);
        NodeNaming.role(file, name);
        String id = "%s/%s/%s".formatted(verb, file.name(), name);
        session.err().println("Web UI  " + session.links().workflowPage(id));
        session.err().flush();
        EjectReport report = session.starts()
                .runToEnd(
                        EjectNode.class,
                        id,
                        ShortRuns.labels(file.name(), "%s %s, by %s".formatted(verb, name, session.requestedBy())),
                        EjectReport.class,
                        new EjectPlan(file, name, readmit, session.requestedBy(), reason));
        List<String> lines = new ArrayList<>(List.of(SentenceFormat.withFullStop(report.says())));
        report.missing().forEach(what -> lines.add("NOT done: " + SentenceFormat.withFullStop(what)));
        if (!report.missing().isEmpty()) {
            lines.add("Type the command again once it answers: what is done stays done.");
        }
        session.printResult(Map.of("node", name.value(), "answer", report.says(), "missing", report.missing()), lines);
        return report.missing().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL;
    }
}
