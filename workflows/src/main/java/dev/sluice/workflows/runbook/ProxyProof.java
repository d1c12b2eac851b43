package dev.sluice.workflows.runbook;

import dev.sluice.workflows.activity.MembershipActivities.AdoptOrder;
import dev.sluice.workflows.activity.MembershipActivities.MemberTruth;
import dev.sluice.workflows.activity.MembershipActivities.ProxyTruth;
import dev.sluice.workflows.activity.ProxyActivities.CompareOrder;
import dev.sluice.workflows.activity.ProxyActivities.ProbationOrder;
import dev.sluice.workflows.activity.ProxyActivities.ReloadOrder;
import dev.sluice.workflows.activity.RunActivities.Life;
import dev.sluice.workflows.activity.RunActivities.Owner;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Role;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes one proxy fit to be published: the cluster's members in its files, in its Apache, and answering. */
final class ProxyProof {
    private final NodeRun run;
    private final Patience patience;

    ProxyProof(NodeRun run) {
        this.run = run;
        this.patience = run.patience();
    }

    String adopt(NodeName proxy) {
        return Reach.membership(patience.steady(), "%s takes all members".formatted(proxy))
                .adopt(new AdoptOrder(
                        run.file().name(), proxy, run.file().role(Role.APP).port()))
                .says();
    }

    String reload(NodeName proxy) {
        return Reach.proxy(patience.steady(), proxy.value())
                .reload(new ReloadOrder(run.file().name(), List.of(proxy), run.withoutProxies(), false))
                .says();
    }

    String probe(NodeName proxy, List<NodeStatus> members) {
        List<NodeName> names =
                members.stream().map(member -> member.ref().name()).toList();
        return Reach.proxy(patience.lengthy(), "%d members through %s".formatted(names.size(), proxy))
                .probe(new ProbationOrder(
                        run.file().name(),
                        List.of(proxy),
                        names,
                        run.withoutProxies(),
                        run.file().serviceName(),
                        "/",
                        run.file().role(Role.PROXY).probation()))
                .says();
    }

    String publish(Node proxy) {
        return Reach.dns(patience.lengthy(), "%s at %s".formatted(run.file().serviceName(), proxy.publicAddress()))
                .publish(run.recordOf(proxy, 0))
                .says();
    }

    /** What clients get from it now, against its siblings. Runs that began before there was this step go on without it. */
    String compare(NodeName proxy) {
        if (Workflow.getVersion("compared", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            return "";
        }
        return "; "
                + Reach.proxy(patience.steady(), "%s against its siblings".formatted(proxy))
                        .compare(new CompareOrder(
                                run.file().name(),
                                proxy,
                                run.withoutProxies(),
                                run.file().serviceName(),
                                run.file().role(Role.PROXY).port()))
                        .says();
    }

    String withdraw(Node proxy) {
        return Reach.dns(patience.takeBack(), "%s out of DNS again".formatted(proxy.name()))
                .withdraw(run.recordOf(proxy, 0))
                .says();
    }

    List<NodeStatus> nodes() {
        return Reach.cloud(patience.brief(), "nodes of %s".formatted(run.file().name()))
                .listNodes(run.file().name(), false);
    }

    /**
     * The members that the proxy has to prove: app servers in service, and ready ones whose own run is over. A ready one
     * whose run goes on may wait for a person's approval; its run opens it. Ejected ones take no traffic.
     */
    List<NodeStatus> membersOf(NodeName proxy) {
        List<NodeStatus> apps = nodes().stream()
                .filter(status ->
                        status.ref().role() == Role.APP && status.node().isPresent())
                .toList();
        List<NodeStatus> inService = in(apps, NodeState.IN_SERVICE);
        List<NodeStatus> candidates = new java.util.ArrayList<>(inService);
        candidates.addAll(withoutOwner(in(apps, NodeState.READY)));
        if (candidates.isEmpty()) {
            return List.of();
        }
        Set<NodeName> takenIn = takenInBy(proxy);
        return candidates.stream()
                .filter(status -> takenIn.contains(status.ref().name()))
                .toList();
    }

    /** Those of the nodes whose own run is known to be over. */
    List<NodeStatus> withoutOwner(List<NodeStatus> nodes) {
        if (nodes.isEmpty()) {
            return List.of();
        }
        List<NodeName> names = nodes.stream().map(status -> status.ref().name()).toList();
        Set<NodeName> closed =
                Reach.runs(patience.brief(), "whose runs are over")
                        .owners(run.file().name(), names)
                        .stream()
                        .filter(owner -> owner.life() == Life.CLOSED)
                        .map(Owner::node)
                        .collect(Collectors.toSet());
        return nodes.stream()
                .filter(status -> closed.contains(status.ref().name()))
                .toList();
    }

    static List<NodeStatus> in(List<NodeStatus> nodes, NodeState state) {
        return nodes.stream()
                .filter(status -> status.state().equals(Optional.of(state)))
                .toList();
    }

    private Set<NodeName> takenInBy(NodeName proxy) {
        return Reach.membership(patience.steady(), "members of %s".formatted(proxy))
                .read(run.file().name())
                .stream()
                .filter(truth -> truth.proxy().equals(proxy))
                .map(ProxyTruth::members)
                .flatMap(List::stream)
                .filter(ProxyProof::takesTraffic)
                .map(MemberTruth::name)
                .collect(Collectors.toSet());
    }

    private static boolean takesTraffic(MemberTruth member) {
        return switch (member.state()) {
            case JOINED, DRAINING -> true;
            case EJECTED, EJECTED_BY_ANOTHER_HAND, LEFT -> false;
        };
    }
}
