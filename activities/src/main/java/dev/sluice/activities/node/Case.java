package dev.sluice.activities.node;

import dev.sluice.workflows.activity.NodeActivities.InspectOrder;
import dev.sluice.workflows.model.Checks;
import dev.sluice.workflows.model.NodeName;
import java.util.List;
import java.util.Map;

/**
 * All that a judgement is made from.
 *
 * @param files as they must be, rendered again
 * @param siblings what members of the role answered; those that could not be asked are missing
 */
record Case(InspectOrder order, List<RenderedFile> files, Look look, Map<NodeName, Look> siblings) {
    Case {
        files = List.copyOf(files);
        siblings = Map.copyOf(siblings);
    }

    Checks checks() {
        return order.checks();
    }

    Checks.Limits limits() {
        return order.checks().limits();
    }

    NodeName name() {
        return order.node().name();
    }
}
