package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.MembershipActivities.MemberStatus;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus.MemberState;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.activity.ProxyActivities.ProxyFindings;
import dev.sluice.workflows.activity.TruthActivities.AddressAnswer;
import dev.sluice.workflows.activity.WatchActivities;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Sees the world's nodes: some without power, some that the worker cannot reach, some whose application fails. */
final class FakeWatch implements WatchActivities {
    private static final ServiceLook NOTHING = new ServiceLook(List.of(), List.of(), List.of(), List.of(), List.of());

    private final Supplier<FakeWorld> now;

    FakeWatch(Supplier<FakeWorld> now) {
        this.now = now;
    }

    @Override
    public List<NodeLook> lookAtNodes(NodeLookOrder order) {
        return now.get().calls.act(() -> order.nodes().stream().map(this::look).toList(), List.of());
    }

    private NodeLook look(Node node) {
        NodeName name = node.name();
        if (now.get().isOff(name) || now.get().silent.contains(name)) {
            return new NodeLook(name, Optional.of("no answer within 8 s"), 0, List.of());
        }
        List<CheckResult> results = now.get().failing.contains(name)
                ? List.of(new CheckResult("processes", CheckStatus.CRITICAL, "apache2 does not run"))
                : List.of();
        return new NodeLook(name, Optional.empty(), 20 - results.size(), results);
    }

    @Override
    public ServiceLook lookAtService(ServiceLookOrder order) {
        return now.get().calls.act(this::service, NOTHING);
    }

    private ServiceLook service() {
        List<NodeName> proxies = now.get().everyProxy(List.of());
        return new ServiceLook(
                proxies.stream().map(this::findings).toList(),
                proxies.stream().map(this::members).toList(),
                proxies.stream().flatMap(proxy -> pinned(proxy).stream()).toList(),
                now.get().records.stream()
                        .map(address -> now.get().serves(address)
                                ? new AddressAnswer(address, 200, "answers 200")
                                : new AddressAnswer(address, 0, "does not answer"))
                        .toList(),
                List.of());
    }

    private ProxyFindings findings(NodeName proxy) {
        Optional<String> why = now.get().isOff(proxy) ? Optional.of("no answer") : Optional.empty();
        return new ProxyFindings(
                proxy, why, 0, List.of(), List.of(), List.of(), Optional.empty(), List.of(), List.of(), List.of());
    }

    private ProxyMembers members(NodeName proxy) {
        if (now.get().isOff(proxy)) {
            return new ProxyMembers(proxy, Optional.of("no answer"), List.of());
        }
        return new ProxyMembers(
                proxy,
                Optional.empty(),
                now.get().members.getOrDefault(proxy, Map.of()).entrySet().stream()
                        .map(entry -> new MemberStatus(
                                entry.getKey(),
                                entry.getValue(),
                                "Init Ok",
                                0,
                                entry.getValue() == MemberState.EJECTED
                                        ? Optional.of("by ana: slow")
                                        : Optional.empty()))
                        .toList());
    }

    private List<PinnedAnswer> pinned(NodeName proxy) {
        if (now.get().isOff(proxy)) {
            return List.of();
        }
        return now.get().members.getOrDefault(proxy, Map.of()).entrySet().stream()
                .filter(entry -> entry.getValue() == MemberState.JOINED)
                .map(entry -> answer(proxy, entry.getKey()))
                .toList();
    }

    private PinnedAnswer answer(NodeName proxy, NodeName member) {
        boolean bad = now.get().isOff(member) || now.get().failing.contains(member);
        return bad
                ? new PinnedAnswer(proxy, member, 503, 3, "")
                : new PinnedAnswer(proxy, member, 200, 3, member.value());
    }
}
