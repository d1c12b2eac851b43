package dev.sluice.activities.node.gate;

import dev.sluice.activities.template.RenderedFile;
import dev.sluice.workflows.activity.NodeActivities.InspectOrder;
import dev.sluice.workflows.model.check.CheckSpec;
import dev.sluice.workflows.model.node.NodeName;
import java.util.List;
import java.util.Map;

/**
 * All that a judgement is made from.
 *
 * @param files as they must be, rendered again
 * @param siblings what members of the role answered; those that could not be asked are missing
 */
record InspectionInput(
        InspectOrder order, List<RenderedFile> files, InspectionOutput look, Map<NodeName, InspectionOutput> siblings) {
    InspectionInput {
        files = List.copyOf(files);
        siblings = Map.copyOf(siblings);
    }

    CheckSpec checks() {
        return order.checks();
    }

    CheckSpec.CheckLimits limits() {
        return order.checks().limits();
    }

    NodeName name() {
        return order.node().name();
    }
}
