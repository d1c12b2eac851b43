package dev.sluice.starter.run;

import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.NodeName;
import java.util.Optional;

/**
 * One execution of a workflow.
 *
 * @param runId Temporal's ID of the execution
 */
public record Run(String id, String runId) {
    /** Number of last digits in printed lines: the first digits of a run ID are a timestamp, alike for all runs of a month. */
    private static final int SHOWN = 6;

    /** Returns the name in printed lines, such as {@code change/hello/app@c4843f}. */
    public String displayName() {
        return id + "@" + runId.substring(Math.max(0, runId.length() - SHOWN));
    }

    /** Returns the node's latest run if this run is a change and a node is named, else this run. */
    public Run runOfNode(Optional<String> node) {
        String[] parts = id.split("/", -1);
        return node.isPresent() && parts.length == 3 && parts[0].equals("change")
                ? new Run(WorkflowIds.node(new ClusterName(parts[1]), new NodeName(node.get())), "")
                : this;
    }

    /** A run as the operator types it: a workflow ID, optionally with a prefix or suffix of a run ID. */
    public record RunReference(String id, Optional<String> part) {
        public static RunReference parse(String text) {
            int at = text.lastIndexOf('@');
            if (at < 0) {
                return new RunReference(text, Optional.empty());
            }
            return new RunReference(text.substring(0, at), Optional.of(text.substring(at + 1)));
        }

        /** Returns whether the reference names that execution. */
        public boolean matches(String runId) {
            return part.isEmpty() || runId.startsWith(part.get()) || runId.endsWith(part.get());
        }

        @Override
        public String toString() {
            return part.map(text -> id + "@" + text).orElse(id);
        }
    }
}
