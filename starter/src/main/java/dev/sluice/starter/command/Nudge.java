package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Sentence;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.EjectNode.EjectPlan;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.NodeName;
import java.util.List;
import java.util.Map;

/** Takes a member out of traffic, or lets it in again; needs no lock. */
final class Nudge {
    private final Session session;

    Nudge(Session session) {
        this.session = session;
    }

    int carryOut(String node, boolean readmit, String reason) {
        ClusterFile file = session.clusterFile();
        NodeName name = NodeNames.parse(node);
        NodeNames.role(file, name);
        String id = "%s/%s/%s".formatted(readmit ? "readmit" : "eject", file.name(), name);
        session.err().println("Web UI  " + session.links().of(id));
        session.err().flush();
        String answer = session.starts()
                .carryOut(
                        EjectNode.class,
                        id,
                        Reading.labels(
                                file.name(),
                                "%s %s, by %s"
                                        .formatted(
                                                readmit ? "let in again:" : "take out of traffic:",
                                                name,
                                                session.by())),
                        String.class,
                        new EjectPlan(file, name, readmit, session.by(), reason));
        session.result(Map.of("node", name.value(), "answer", answer), List.of(Sentence.ended(answer)));
        return ExitCode.DONE;
    }
}
