package dev.sluice.activities.membership;

import dev.sluice.workflows.activity.ProxyActivities.ProxyFindings;
import dev.sluice.workflows.model.node.Node;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Examines one proxy from inside by a script and from outside as a client. */
final class ProxyExamination {
    /** Together with the time to connect and the requests from outside, below the runbook's 10 s for one attempt. */
    private static final Duration ANSWER = Duration.ofSeconds(4);

    private final ClusterProxies proxies;
    private final int admin;

    ProxyExamination(ClusterProxies proxies, int admin) {
        this.proxies = proxies;
        this.admin = admin;
    }

    ProxyFindings examine(Node node, int clients) {
        try {
            ScriptOutput facts = proxies.reach(List.of(node)).get(0).ask(ANSWER, ProxyScript.EXAMINE);
            return new ProxyFindings(
                    node.name(),
                    Optional.empty(),
                    facts.number("members"),
                    texts(facts, "missing"),
                    texts(facts, "unsuited"),
                    texts(facts, "ill"),
                    texts(facts, "broken").stream().findFirst(),
                    ManagerExposure.findExposed(addresses(node), clients, admin),
                    texts(facts, "difference"),
                    texts(facts, "hand"));
        } catch (ApplicationFailure failure) {
            return new ProxyFindings(
                    node.name(),
                    Optional.of(failure.getOriginalMessage()),
                    0,
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of());
        }
    }

    private static List<String> addresses(Node node) {
        return Stream.of(node.privateAddress().value(), node.publicAddress().value())
                .distinct()
                .toList();
    }

    private static List<String> texts(ScriptOutput facts, String name) {
        return facts.all(name).stream().map(line -> line.get(1)).toList();
    }
}
