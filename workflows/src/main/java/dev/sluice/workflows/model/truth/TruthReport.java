package dev.sluice.workflows.model.truth;

import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The addresses that clients get, whose they are, and where the truths disagree.
 *
 * @param addresses under the service's name, sorted
 */
public record TruthReport(List<PublishedAddress> addresses, List<TruthDifference> differences) {
    public static final TruthReport EMPTY = new TruthReport(List.of(), List.of());

    public TruthReport {
        addresses = List.copyOf(addresses);
        differences = List.copyOf(differences);
    }

    /** Returns the differences that the change must not begin with. */
    public List<TruthDifference> stopping(ChangePlan plan) {
        return differences.stream().filter(difference -> difference.stops(plan)).toList();
    }

    /** Returns the differences that are not as they should be, whatever is planned. */
    public List<TruthDifference> findings() {
        return differences.stream()
                .filter(difference -> difference.kind().isFinding())
                .toList();
    }

    /** Returns the nodes that clients reach, each once, however many addresses lead to it. */
    public Set<NodeName> publishedNodes() {
        Set<NodeName> nodes = new TreeSet<>();
        addresses.forEach(address -> address.node().ifPresent(nodes::add));
        return nodes;
    }

    /** Returns the addresses of another hand, which the cluster file lists. */
    public List<String> others() {
        return addresses.stream()
                .filter(address -> address.owner() == PublishedAddress.AddressOwner.ANOTHER_HAND)
                .map(PublishedAddress::address)
                .toList();
    }
}
