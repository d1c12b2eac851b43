package dev.sluice.activities.node.gate;

import dev.sluice.activities.template.RenderedFile;
import dev.sluice.workflows.activity.NodeActivities.InspectOrder;
import dev.sluice.workflows.model.check.CheckSpec;
import dev.sluice.workflows.model.node.NodeName;
import java.util.List;
import java.util.Map;

/**
 * The input of the checks.
 *
 * @param files rendered again, as they must be
 * @param siblings output of members of the role; those that could not be inspected are missing
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
