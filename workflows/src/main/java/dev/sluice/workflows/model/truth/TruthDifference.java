package dev.sluice.workflows.model.truth;

import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import java.util.Optional;

/**
 * One difference between two truths.
 *
 * @param node that it concerns; empty if no known node is concerned
 * @param says what was found and what was expected, without a full stop
 * @param remedy what to do, without a full stop
 */
public record TruthDifference(DifferenceKind kind, Optional<NodeName> node, String says, String remedy) {
    /** Whether the change must not begin while this difference exists. */
    boolean stops(ChangePlan plan) {
        boolean retires = plan.kind() == ChangeKind.RETIRE;
        boolean own = retires && node.filter(plan.nodes()::contains).isPresent();
        return switch (kind.stops()) {
            case ALL -> true;
            case THAT_REACH_EVERY_PROXY -> !own && (retires || plan.role().isMember());
            case ITS_RETIREMENT -> own;
            case NONE -> false;
        };
    }

    /** Whether it stops changes that are not about its own node. */
    public boolean stopsOthers() {
        return switch (kind.stops()) {
            case ALL, THAT_REACH_EVERY_PROXY -> true;
            case ITS_RETIREMENT, NONE -> false;
        };
    }

    /** The difference and its remedy in one line. */
    public String describe() {
        return remedy.isEmpty() ? says : says + ": " + remedy;
    }
}
