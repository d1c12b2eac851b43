package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.RunActivities;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.Role;
import java.util.List;
import java.util.function.Supplier;

final class FakeRuns implements RunActivities {
    private final Supplier<FakeWorld> now;

    FakeRuns(Supplier<FakeWorld> now) {
        this.now = now;
    }

    @Override
    public List<String> openNodes(ClusterName cluster, Role role, List<NodeName> nodes) {
        return now.get().calls.act(() -> List.copyOf(now.get().openRuns), List.of());
    }

    @Override
    public List<Owner> owners(ClusterName cluster, List<NodeName> nodes) {
        return now.get()
                .calls
                .act(
                        () -> nodes.stream()
                                .map(name -> new Owner(name, life(name), "node/hello/" + name))
                                .toList(),
                        List.of());
    }

    @Override
    public List<String> stuck(ClusterName cluster) {
        return now.get().calls.act(() -> List.copyOf(now.get().stuckRuns), List.of());
    }

    private Life life(NodeName name) {
        if (now.get().unknownOwners.contains(name)) {
            return Life.UNKNOWN;
        }
        return now.get().openOwners.contains(name) ? Life.OPEN : Life.CLOSED;
    }
}
