package dev.sluice.starter.run;

import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.NodeName;
import java.util.Optional;

/**
 * One execution of a workflow.
 *
 * @param runId Temporal's id of the execution
 */
public record Run(String id, String runId) {
    /** Its last digits: the first ones of Temporal's run ids are a time, alike for all runs of a month. */
    private static final int SHOWN = 6;

    /** As printed lines name it, such as {@code change/hello/app@c4843f}. */
    public String displayName() {
        return id + "@" + runId.substring(Math.max(0, runId.length() - SHOWN));
    }

    /** The run that does a change's work on that node, its latest; this one, if it is no change or is asked for itself. */
    public Run runOfNode(Optional<String> node) {
        String[] parts = id.split("/", -1);
        return node.isPresent() && parts.length == 3 && parts[0].equals("change")
                ? new Run(WorkflowIds.node(new ClusterName(parts[1]), new NodeName(node.get())), "")
                : this;
    }

    /** What an operator typed: an id, and perhaps the beginning or the end of a run id. */
    public record RunReference(String id, Optional<String> part) {
        public static RunReference parse(String text) {
            int at = text.lastIndexOf('@');
            if (at < 0) {
                return new RunReference(text, Optional.empty());
            }
            return new RunReference(text.substring(0, at), Optional.of(text.substring(at + 1)));
        }

        /** Whether that execution is meant. */
        public boolean matches(String runId) {
            return part.isEmpty() || runId.startsWith(part.get()) || runId.endsWith(part.get());
        }

        @Override
        public String toString() {
            return part.map(text -> id + "@" + text).orElse(id);
        }
    }
}
