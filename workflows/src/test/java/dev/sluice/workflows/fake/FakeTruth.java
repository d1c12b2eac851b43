package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.TruthActivities;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.truth.DifferenceKind;
import dev.sluice.workflows.model.truth.PublishedAddress;
import dev.sluice.workflows.model.truth.PublishedAddress.AddressOwner;
import dev.sluice.workflows.model.truth.TruthDifference;
import dev.sluice.workflows.model.truth.TruthReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Compares the records of the world with its droplets, and adds the differences that a test declares. */
final class FakeTruth implements TruthActivities {
    private final Supplier<FakeWorld> now;

    FakeTruth(Supplier<FakeWorld> now) {
        this.now = now;
    }

    @Override
    public TruthReport compare(TruthOrder order) {
        return now.get().calls.act(() -> report(order), TruthReport.EMPTY);
    }

    private TruthReport report(TruthOrder order) {
        List<TruthDifference> differences = new ArrayList<>(now.get().differences);
        List<PublishedAddress> addresses = now.get().records.stream()
                .map(address -> address(order, address))
                .toList();
        addresses.stream()
                .filter(address -> address.owner() == AddressOwner.UNKNOWN)
                .forEach(address -> differences.add(new TruthDifference(
                        DifferenceKind.UNKNOWN_ADDRESS,
                        Optional.empty(),
                        "www.hello.example A %s is no known node".formatted(address.address()),
                        "remove it")));
        return new TruthReport(addresses, differences);
    }

    private PublishedAddress address(TruthOrder order, Ipv4Address address) {
        Optional<NodeName> node = now.get().nodes.values().stream()
                .filter(status -> status.node().stream()
                        .anyMatch(machine -> machine.publicAddress().equals(address)))
                .map(NodeStatus::ref)
                .map(ref -> ref.name())
                .findFirst();
        AddressOwner owner = order.others().contains(address.value())
                ? AddressOwner.ANOTHER_HAND
                : node.isPresent() ? AddressOwner.NODE : AddressOwner.UNKNOWN;
        return new PublishedAddress(address.value(), owner, node);
    }

    @Override
    public List<AddressAnswer> visit(VisitOrder order) {
        return now.get()
                .calls
                .act(
                        () -> now.get().records.stream()
                                .map(address -> now.get().serves(address)
                                        ? new AddressAnswer(address, 200, "answers 200")
                                        : new AddressAnswer(address, 0, "does not answer"))
                                .toList(),
                        List.of());
    }
}
