package dev.sluice.activities.membership;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.poll.Poll;
import dev.sluice.workflows.activity.ProxyActivities.ProbationOrder;
import dev.sluice.workflows.activity.ProxyActivities.ProbationReport;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Probes members through proxies for a while, in short pieces between which the activity can be cancelled. */
final class ProbationWatch {
    private static final int PIECE_SECONDS = 2;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PIECE_LIMIT = Duration.ofSeconds(30);
    private static final Set<String> PROBED = Set.of("joined", "draining");

    private final ProbationOrder order;

    ProbationWatch(ProbationOrder order) {
        this.order = order;
    }

    ProbationReport watch(List<ProxyConnection> proxies) {
        ClusterProxies.inParallel(proxies, this::awaitHealthy);
        List<ProbationAnswer> seen = new ArrayList<>();
        long left = Math.max(1, order.watch().toSeconds());
        while (left > 0) {
            long seconds = Math.min(left, PIECE_SECONDS);
            ClusterProxies.inParallel(proxies, proxy -> piece(proxy, seconds)).forEach(seen::addAll);
            left -= seconds;
            ActivityHeartbeat.throwIfCancelled();
        }
        return ProbationJudge.judge(
                seen, proxies.stream().map(ProxyConnection::name).toList(), order.members());
    }

    /**
     * A member that joined a running Apache is ill there until that Apache's own checks have reached it and passed. So a
     * healthy one proves that the checks are sent, arrive and pass; no answer to a request of ours would.
     */
    private NodeName awaitHealthy(ProxyConnection proxy) {
        List<String> named = order.members().stream().map(NodeName::value).toList();
        List<List<String>> ill = Poll.every(PAUSE).until(order.healthy()).await(() -> ill(proxy, named), List::isEmpty);
        if (!ill.isEmpty()) {
            List<String> first = ill.get(0);
            throw TypedFailures.of(
                    FailureType.PROBATION_FAILED,
                    "%s: the own health checks of %s have not passed within %d s: it says '%s'"
                            .formatted(
                                    first.get(1),
                                    proxy.name(),
                                    order.healthy().toSeconds(),
                                    MemberStates.at(first, 4)));
        }
        return proxy.name();
    }

    private static List<List<String>> ill(ProxyConnection proxy, List<String> named) {
        return proxy.ask(ProxyScript.READ).all("member").stream()
                .filter(line -> named.isEmpty() || named.contains(line.get(1)))
                .filter(line -> PROBED.contains(MemberStates.at(line, 2)))
                .filter(line -> !List.of(MemberStates.at(line, 4).split(" ")).contains("Ok"))
                .toList();
    }

    private List<ProbationAnswer> piece(ProxyConnection proxy, long seconds) {
        List<String> arguments = new ArrayList<>(List.of(order.host(), order.path(), Long.toString(seconds)));
        arguments.addAll(members(proxy));
        ScriptOutput facts = proxy.ask(PIECE_LIMIT, ProxyScript.PROBE, arguments.toArray(String[]::new));
        if (!facts.lines().contains(List.of("end"))) {
            throw TypedFailures.of(FailureType.PROXY_UNREACHABLE, "%s: the probe was cut off".formatted(proxy.name()));
        }
        return facts.lines().stream()
                .filter(line -> line.size() == 6)
                .map(line -> ProbationAnswer.of(proxy.name(), line))
                .toList();
    }

    private List<String> members(ProxyConnection proxy) {
        if (!order.members().isEmpty()) {
            return order.members().stream().map(NodeName::value).toList();
        }
        return proxy.ask(ProxyScript.READ).all("member").stream()
                .filter(line -> PROBED.contains(MemberStates.at(line, 2)))
                .map(line -> line.get(1))
                .toList();
    }
}
