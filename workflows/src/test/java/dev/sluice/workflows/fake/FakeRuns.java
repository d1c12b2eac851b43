package dev.sluice.workflows.fake;

import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.activity.RunActivities;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.ChangeReport;
import io.temporal.client.WorkflowClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

final class FakeRuns implements RunActivities {
    private final Supplier<FakeWorld> now;
    private final WorkflowClient client;

    FakeRuns(Supplier<FakeWorld> now, WorkflowClient client) {
        this.now = now;
        this.client = client;
    }

    @Override
    public List<String> openNodes(ClusterName cluster, Role role, List<NodeName> nodes) {
        return now.get().calls.act(() -> open(cluster, nodes), List.of());
    }

    @Override
    public List<NodeOwner> owners(ClusterName cluster, List<NodeName> nodes) {
        return now.get().calls.act(() -> nodes.stream().map(this::owner).toList(), List.of());
    }

    @Override
    public List<OpenNodeRun> open(ClusterName cluster) {
        return now.get().calls.act(() -> List.copyOf(now.get().nodeRuns), List.of());
    }

    private NodeOwner owner(NodeName name) {
        RunStatus life = life(name);
        Optional<Instant> ended = life == RunStatus.CLOSED
                ? Optional.of(now.get().ownersEnded.getOrDefault(name, Instant.EPOCH))
                : Optional.empty();
        String id = (name.value().contains("-bake-") ? "bake/hello/app" : "node/hello/" + name);
        return new NodeOwner(name, life, id, ended, Optional.of("another"));
    }

    private List<String> open(ClusterName cluster, List<NodeName> nodes) {
        List<String> open = new ArrayList<>(now.get().openRuns);
        nodes.stream()
                .map(name -> WorkflowIds.node(cluster, name))
                .filter(now.get().isOpen)
                .forEach(open::add);
        return List.copyOf(open);
    }

    @Override
    public List<String> stuck(ClusterName cluster) {
        return now.get().calls.act(() -> List.copyOf(now.get().stuckRuns), List.of());
    }

    /** Asks the change itself, as the worker does. */
    @Override
    public Optional<Approval> approval(String change, Sha256Digest plan) {
        return now.get().calls.act(() -> recorded(change, plan), Optional.empty());
    }

    private Optional<Approval> recorded(String change, Sha256Digest plan) {
        return Optional.of(client.newUntypedWorkflowStub(change).query("report", ChangeReport.class))
                .filter(report -> report.planDigest().equals(Optional.of(plan)))
                .flatMap(ChangeReport::approval);
    }

    private RunStatus life(NodeName name) {
        if (now.get().isOpen.test(WorkflowIds.node(TestPlans.HELLO, name))) {
            return RunStatus.OPEN;
        }
        if (now.get().unknownOwners.contains(name)) {
            return RunStatus.UNKNOWN;
        }
        return now.get().openOwners.contains(name) ? RunStatus.OPEN : RunStatus.CLOSED;
    }
}
