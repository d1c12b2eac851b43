package dev.sluice.activities.membership;

import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.activities.visit.Visit;
import dev.sluice.activities.visit.Visit.Answer;
import dev.sluice.activities.visit.Visitor;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.ProxyActivities.CompareOrder;
import dev.sluice.workflows.activity.ProxyActivities.CompareReport;
import dev.sluice.workflows.model.Address;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What a client gets from a published proxy against what its siblings give: status, certificate, and a member behind it. */
final class Comparison {
    private static final int LOOKS = 3;
    private static final Duration PAUSE = Duration.ofMillis(700);

    private final Visitor visitor;
    private final CompareOrder order;

    Comparison(Visitor visitor, CompareOrder order) {
        this.visitor = visitor;
        this.order = order;
    }

    /** A difference that lasts for three looks is one: a proxy that loads its files anew is silent for a moment. */
    CompareReport of(Node proxy, List<Node> siblings) {
        for (int look = 1; ; look++) {
            List<Visit> others = Proxies.atOnce(siblings, sibling -> visit(sibling.publicAddress())).stream()
                    .filter(visit -> visit.answer().isPresent())
                    .toList();
            Visit own = visit(proxy.publicAddress());
            Optional<String> difference = others.stream()
                    .flatMap(other -> difference(own, other).stream())
                    .findFirst();
            if (difference.isEmpty()) {
                return new CompareReport(others.size(), says(own, others));
            }
            if (look == LOOKS) {
                throw Failures.of(
                        FailureType.PROXY_DIFFERS,
                        "%s at %s %s".formatted(proxy.name(), own.address(), difference.get()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            Heartbeats.stillWanted();
        }
    }

    private Visit visit(Address address) {
        return visitor.at(address, order.port(), order.host());
    }

    private static Optional<String> difference(Visit own, Visit other) {
        Answer theirs = other.answer().orElseThrow();
        if (own.answer().isEmpty()) {
            return Optional.of("%s; its sibling %s %s".formatted(own.says(), other.address(), other.says()));
        }
        Answer ours = own.answer().get();
        if (ours.status() != theirs.status()) {
            return Optional.of("%s; its sibling %s %s".formatted(own.says(), other.address(), other.says()));
        }
        if (isOlder(ours, theirs)) {
            return Optional.of("shows the certificate %s, which ends %s; its sibling %s shows %s, which ends %s"
                    .formatted(shortened(ours), ours.ends(), other.address(), shortened(theirs), theirs.ends()));
        }
        if (ours.member().isEmpty() && !theirs.member().isEmpty()) {
            return Optional.of("answers by itself; at its sibling %s the member %s answers"
                    .formatted(other.address(), theirs.member()));
        }
        return Optional.empty();
    }

    /** Another certificate that ends later is a renewed one: it comes with new proxies. */
    private static boolean isOlder(Answer ours, Answer theirs) {
        return !ours.certificate().equals(theirs.certificate()) && !ours.ends().isAfter(theirs.ends());
    }

    private static String shortened(Answer answer) {
        return answer.certificate().substring(0, 12);
    }

    private static String says(Visit own, List<Visit> others) {
        if (others.isEmpty()) {
            return "%s; no sibling answers to compare it with".formatted(own.says());
        }
        return "%s as its %d siblings do".formatted(own.says(), others.size());
    }
}
