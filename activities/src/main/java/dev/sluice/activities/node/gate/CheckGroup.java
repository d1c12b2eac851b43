package dev.sluice.activities.node.gate;

import dev.sluice.workflows.model.check.CheckResult;
import java.util.List;

/** Judges one kind of facts. A pure function. */
@FunctionalInterface
interface CheckGroup {
    List<CheckResult> judge(InspectionInput given);
}
