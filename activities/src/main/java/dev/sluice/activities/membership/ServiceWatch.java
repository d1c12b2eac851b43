package dev.sluice.activities.membership;

import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.activity.ProxyActivities.ProxyFindings;
import dev.sluice.workflows.activity.TruthActivities;
import dev.sluice.workflows.activity.TruthActivities.AddressAnswer;
import dev.sluice.workflows.activity.WatchActivities.PinnedAnswer;
import dev.sluice.workflows.activity.WatchActivities.ServiceLook;
import dev.sluice.workflows.activity.WatchActivities.ServiceLookOrder;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Looks at the service: each proxy's configuration and members, each member through each proxy, each published address. */
public final class ServiceWatch {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(6);
    /** The port of the proxies' admin listener, as in their scripts. */
    private static final int ADMIN = 8081;

    private final ClusterProxies proxies;
    private final ProxyExamination examination;
    private final TruthActivities clients;

    public ServiceWatch(ClusterNodes fleet, NodeShells shells, TruthActivities clients) {
        this(fleet, shells, clients, ADMIN);
    }

    ServiceWatch(ClusterNodes fleet, NodeShells shells, TruthActivities clients, int admin) {
        this.proxies = new ClusterProxies(fleet, shells);
        this.examination = new ProxyExamination(proxies, admin);
        this.clients = clients;
    }

    /** A part that cannot be asked is named in the result. */
    public ServiceLook look(ServiceLookOrder order) {
        return ActivityHeartbeat.beatWhile(LIMIT, () -> {
            CompletableFuture<List<AddressAnswer>> visits =
                    CompletableFuture.supplyAsync(() -> clients.visit(order.visit()));
            List<SeenProxy> seen = ClusterProxies.inParallel(
                    proxies.list(order.cluster(), List.of(), ClusterNodes.LATELY), node -> see(node, order));
            List<String> unknown = new ArrayList<>();
            List<AddressAnswer> answers = List.of();
            try {
                answers = visits.join();
            } catch (CompletionException failure) {
                unknown.add("the published addresses could not be asked: " + words(failure));
            }
            return new ServiceLook(
                    seen.stream().map(SeenProxy::findings).toList(),
                    seen.stream().map(SeenProxy::members).toList(),
                    seen.stream().flatMap(one -> one.pinned().stream()).toList(),
                    answers,
                    unknown);
        });
    }

    private static String words(CompletionException failure) {
        return failure.getCause() instanceof ApplicationFailure typed
                ? typed.getOriginalMessage()
                : String.valueOf(failure.getCause());
    }

    private record SeenProxy(ProxyFindings findings, ProxyMembers members, List<PinnedAnswer> pinned) {}

    private SeenProxy see(Node node, ServiceLookOrder order) {
        ProxyFindings findings = examination.examine(node, order.port());
        ProxyMembers members = findings.unreachable().isPresent()
                ? new ProxyMembers(node.name(), findings.unreachable(), List.of())
                : proxies.readMembers(node);
        List<PinnedAnswer> pinned = members.unreachable().isPresent() ? List.of() : pinned(node, order);
        return new SeenProxy(findings, members, pinned);
    }

    /** Empty if the proxy does not answer any more: that is no member's fault. */
    private List<PinnedAnswer> pinned(Node node, ServiceLookOrder order) {
        try {
            ScriptOutput output = proxies.connection(node)
                    .ask(
                            ANSWER,
                            ProxyScript.PINNED,
                            order.visit().host(),
                            order.visit().page());
            return MemberStates.lines(output, "pinned").stream()
                    .map(line -> answer(node.name(), line))
                    .toList();
        } catch (ApplicationFailure silent) {
            return List.of();
        }
    }

    private static PinnedAnswer answer(NodeName proxy, List<String> line) {
        return new PinnedAnswer(
                proxy,
                new NodeName(line.get(1)),
                (int) number(MemberStates.at(line, 2)),
                (int) Math.round(1000 * number(MemberStates.at(line, 3))),
                MemberStates.at(line, 4).toLowerCase(Locale.ROOT));
    }

    private static double number(String text) {
        return text.matches("[0-9]{1,6}([.,][0-9]{1,9})?") ? Double.parseDouble(text.replace(',', '.')) : 0;
    }
}
