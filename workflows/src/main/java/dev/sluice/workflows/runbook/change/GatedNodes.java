package dev.sluice.workflows.runbook.change;

import dev.sluice.workflows.DeployNode.GateDecision;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The nodes that passed the gate, and those of them that know the change's decision. */
final class GatedNodes {
    private final Set<NodeName> passed = new HashSet<>();
    private final Set<NodeName> informed = new HashSet<>();

    /** A node that reports again waits again. */
    void add(NodeName name) {
        passed.add(name);
        informed.remove(name);
    }

    boolean hasPassed(NodeName name) {
        return passed.contains(name);
    }

    /** Sends every gated node the decision, also those that report later, until all nodes have ended. A cancel reaches the nodes itself. */
    void decide(NodeRuns children, GateDecision decision) {
        while (!children.haveAllEnded()) {
            for (NodeName name : uninformed(children)) {
                informed.add(name);
                children.decide(name, decision);
            }
            try {
                Workflow.await(
                        () -> children.haveAllEnded() || !uninformed(children).isEmpty());
            } catch (CanceledFailure cancelled) {
                return;
            }
        }
    }

    private List<NodeName> uninformed(NodeRuns children) {
        return children.stillRunning().stream()
                .filter(name -> passed.contains(name) && !informed.contains(name))
                .toList();
    }
}
