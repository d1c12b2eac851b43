package dev.sluice.activities.node;

import dev.sluice.workflows.model.CheckResult;
import java.util.List;

/** Judges one kind of facts; pure. */
@FunctionalInterface
interface Family {
    List<CheckResult> judge(Case given);
}
