package dev.sluice.workflows.fake;

import dev.sluice.workflows.Names;
import dev.sluice.workflows.activity.RunActivities;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

final class FakeRuns implements RunActivities {
    private final Supplier<FakeWorld> now;

    FakeRuns(Supplier<FakeWorld> now) {
        this.now = now;
    }

    @Override
    public List<String> openNodes(ClusterName cluster, Role role, List<NodeName> nodes) {
        return now.get().calls.act(() -> open(cluster, nodes), List.of());
    }

    @Override
    public List<Owner> owners(ClusterName cluster, List<NodeName> nodes) {
        return now.get().calls.act(() -> nodes.stream().map(this::owner).toList(), List.of());
    }

    @Override
    public List<OpenRun> open(ClusterName cluster) {
        return now.get().calls.act(() -> List.copyOf(now.get().nodeRuns), List.of());
    }

    private Owner owner(NodeName name) {
        Life life = life(name);
        Optional<Instant> ended = life == Life.CLOSED
                ? Optional.of(now.get().ownersEnded.getOrDefault(name, Instant.EPOCH))
                : Optional.empty();
        String id = (name.value().contains("-bake-") ? "bake/hello/app" : "node/hello/" + name);
        return new Owner(name, life, id, ended, Optional.of("another"));
    }

    private List<String> open(ClusterName cluster, List<NodeName> nodes) {
        List<String> open = new ArrayList<>(now.get().openRuns);
        nodes.stream()
                .map(name -> Names.node(cluster, name))
                .filter(now.get().isOpen)
                .forEach(open::add);
        return List.copyOf(open);
    }

    @Override
    public List<String> stuck(ClusterName cluster) {
        return now.get().calls.act(() -> List.copyOf(now.get().stuckRuns), List.of());
    }

    private Life life(NodeName name) {
        if (now.get().isOpen.test(Names.node(Plans.HELLO, name))) {
            return Life.OPEN;
        }
        if (now.get().unknownOwners.contains(name)) {
            return Life.UNKNOWN;
        }
        return now.get().openOwners.contains(name) ? Life.OPEN : Life.CLOSED;
    }
}
