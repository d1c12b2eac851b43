package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.DnsActivities;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.report.FailureType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

final class FakeDns implements DnsActivities {
    private static final DnsReport NOTHING = new DnsReport(false, "");

    private final Supplier<FakeWorld> now;

    FakeDns(Supplier<FakeWorld> now) {
        this.now = now;
    }

    @Override
    public DnsReport publish(RecordOrder order) {
        return now.get()
                .calls
                .act(
                        () -> {
                            if (!now.get().hasDroplet(order.address())) {
                                throw TypedFailures.of(FailureType.CLOUD_REFUSED, "no droplet has " + order.address());
                            }
                            return new DnsReport(
                                    now.get().records.add(order.address()), "published " + order.address());
                        },
                        NOTHING);
    }

    @Override
    public DnsReport withdraw(RecordOrder order) {
        return now.get()
                .calls
                .act(
                        () -> {
                            long others = now.get().records.stream()
                                    .filter(address -> !address.equals(order.address()))
                                    .filter(now.get()::serves)
                                    .count();
                            if (now.get().records.contains(order.address()) && others < order.minimum()) {
                                throw TypedFailures.of(
                                        FailureType.GUARD_REFUSED,
                                        "%d published proxies would serve clients".formatted(others));
                            }
                            return new DnsReport(
                                    now.get().records.remove(order.address()), "withdrawn, its 30 s are over");
                        },
                        NOTHING);
    }

    @Override
    public PublishedRecords records(ClusterName cluster, String domain, String name, Optional<String> nameServer) {
        return now.get()
                .calls
                .act(
                        () -> new PublishedRecords(List.copyOf(now.get().records), List.copyOf(now.get().records)),
                        new PublishedRecords(List.of(), List.of()));
    }

    @Override
    public ZoneDelegation delegation(String domain, String name, Optional<String> nameServer) {
        ZoneDelegation delegation =
                new ZoneDelegation(List.of("ns1.example"), List.of("ns1.example"), Optional.empty(), List.of(30));
        return now.get().calls.act(() -> delegation, delegation);
    }
}
