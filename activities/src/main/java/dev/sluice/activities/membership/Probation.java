package dev.sluice.activities.membership;

import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.ProxyActivities.ProbationOrder;
import dev.sluice.workflows.activity.ProxyActivities.ProbationReport;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Watches members through proxies for a while, in pieces so short that the activity can be given up between them. */
final class Probation {
    private static final int PIECE_SECONDS = 2;
    private static final Duration PIECE_LIMIT = Duration.ofSeconds(30);
    private static final Set<String> PROBED = Set.of("joined", "draining");

    private final ProbationOrder order;

    Probation(ProbationOrder order) {
        this.order = order;
    }

    ProbationReport through(List<Proxy> proxies) {
        List<Probe> seen = new ArrayList<>();
        long left = Math.max(1, order.watch().toSeconds());
        while (left > 0) {
            long seconds = Math.min(left, PIECE_SECONDS);
            Proxies.atOnce(proxies, proxy -> piece(proxy, seconds)).forEach(seen::addAll);
            left -= seconds;
            Heartbeats.stillWanted();
        }
        return Judgement.of(seen, proxies.stream().map(Proxy::name).toList(), order.members());
    }

    private List<Probe> piece(Proxy proxy, long seconds) {
        List<String> arguments = new ArrayList<>(List.of(order.host(), order.path(), Long.toString(seconds)));
        arguments.addAll(members(proxy));
        Facts facts = proxy.ask(PIECE_LIMIT, Verb.PROBE, arguments.toArray(String[]::new));
        if (!facts.lines().contains(List.of("end"))) {
            throw Failures.of(FailureType.PROXY_UNREACHABLE, "%s: the probe was cut off.".formatted(proxy.name()));
        }
        return facts.lines().stream()
                .filter(line -> line.size() == 6)
                .map(line -> Probe.of(proxy.name(), line))
                .toList();
    }

    private List<String> members(Proxy proxy) {
        if (!order.members().isEmpty()) {
            return order.members().stream().map(NodeName::value).toList();
        }
        return proxy.ask(Verb.READ).all("member").stream()
                .filter(line -> PROBED.contains(Truths.at(line, 2)))
                .map(line -> line.get(1))
                .toList();
    }
}
