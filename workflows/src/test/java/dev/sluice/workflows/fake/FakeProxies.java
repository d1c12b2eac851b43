package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.ProxyActivities;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.NodeName;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

final class FakeProxies implements ProxyActivities {
    private final Supplier<FakeWorld> now;

    FakeProxies(Supplier<FakeWorld> now) {
        this.now = now;
    }

    @Override
    public List<NodeName> checkAll(ClusterName cluster, List<NodeName> withoutProxies) {
        return now.get().calls.act(() -> now.get().everyProxyAnswers(withoutProxies), List.of());
    }

    @Override
    public List<ProxyFindings> examine(ClusterName cluster, int port) {
        return now.get()
                .calls
                .act(
                        () -> now.get().everyProxy(List.of()).stream()
                                .map(FakeProxies::fine)
                                .toList(),
                        List.of());
    }

    @Override
    public CompareReport compare(CompareOrder order) {
        CompareReport report = new CompareReport(2, "answers 200 as its 2 siblings do");
        return now.get().calls.act(() -> report, report);
    }

    private static ProxyFindings fine(NodeName proxy) {
        return new ProxyFindings(
                proxy,
                Optional.empty(),
                1,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    @Override
    public SlotReport makeRoom(SlotOrder order) {
        return now.get().calls.act(() -> room(order), new SlotReport(false, ""));
    }

    private SlotReport room(SlotOrder order) {
        String on = now.get().everyProxyAnswers(order.withoutProxies()).stream()
                .map(NodeName::value)
                .collect(Collectors.joining(", "));
        return now.get().getsRoom()
                ? new SlotReport(true, "one graceful on %s, proven".formatted(on))
                : new SlotReport(false, "live on %s, no reload needed, proven".formatted(on));
    }

    @Override
    public ReloadReport reload(ReloadOrder order) {
        ReloadReport report = new ReloadReport(0, 1, "live, no reload needed, proven");
        return now.get().calls.act(() -> report, report);
    }

    @Override
    public ProbationReport probe(ProbationOrder order) {
        ProbationReport report =
                new ProbationReport(41, 0, 9, 9, "41 pinned requests, 0 errors, p95 9 ms (siblings 9 ms)");
        return now.get().calls.act(() -> report, report);
    }
}
