package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.api.AccountCatalog;
import dev.sluice.activities.cloud.api.AccountCatalog.ReservedAddress;
import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.api.CloudDroplet;
import dev.sluice.activities.cloud.api.DomainApi;
import dev.sluice.activities.cloud.api.DomainApi.ZoneRecord;
import dev.sluice.activities.cloud.client.DigitalOceanApi;
import dev.sluice.activities.probe.ClientProbeResult;
import dev.sluice.workflows.activity.TruthActivities;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.truth.TruthReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads droplets, records and reserved addresses for their comparison, and visits the published addresses. */
public final class DigitalOceanTruthActivities implements TruthActivities {
    private final CloudApi cloud;
    private final AccountCatalog catalog;
    private final DomainApi zones;
    private final VisitFunction clients;

    /** Requests the service by its name at one address, as a client does. */
    @FunctionalInterface
    public interface VisitFunction {
        ClientProbeResult visit(Ipv4Address address, int port, String host, String page);
    }

    public DigitalOceanTruthActivities(DigitalOceanApi cloud, VisitFunction clients) {
        this(cloud, cloud.catalog(), cloud.zones(), clients);
    }

    DigitalOceanTruthActivities(CloudApi cloud, AccountCatalog catalog, DomainApi zones, VisitFunction clients) {
        this.cloud = cloud;
        this.catalog = catalog;
        this.zones = zones;
        this.clients = clients;
    }

    @Override
    public TruthReport compare(TruthOrder order) {
        return CloudApiException.typed(() -> {
            // Records first: a proxy is in the list of droplets before its record exists and after the record's end.
            List<ZoneRecord> published = zones.records(order.domain(), Optional.of(order.service()));
            List<ZoneRecord> all = order.leaving().isEmpty() ? List.of() : everyRecord();
            List<CloudDroplet> droplets = cloud.findByTag(SluiceTags.cluster(order.cluster()));
            TruthComparison comparison = new TruthComparison(order, published, all, droplets);
            return comparison.needsReservedAddresses()
                    ? withReserved(comparison, !order.leaving().isEmpty())
                    : comparison.report(List.of(), "");
        });
    }

    /**
     * A token without the scope for reserved addresses leaves their machines unknown, which is said. If nodes are to be
     * destroyed that does not suffice: a record may lead to them through such an address.
     */
    private TruthReport withReserved(TruthComparison comparison, boolean leaving) {
        List<ReservedAddress> reserved;
        try {
            reserved = catalog.reservedAddresses();
        } catch (CloudApiException failure) {
            if (failure.kind() != CloudApiException.FailureKind.DENIED || leaving) {
                throw failure;
            }
            return comparison.report(
                    List.of(), "; the account's reserved addresses could not be read: " + failure.getMessage());
        }
        return comparison.report(reserved, "");
    }

    private List<ZoneRecord> everyRecord() {
        List<ZoneRecord> all = new ArrayList<>();
        catalog.domains().forEach(domain -> all.addAll(zones.records(domain, Optional.empty())));
        return all;
    }

    @Override
    public List<AddressAnswer> visit(VisitOrder order) {
        List<Ipv4Address> addresses =
                CloudApiException.typed(() -> zones.addresses(order.domain(), order.service())).stream()
                        .map(DomainApi.AddressRecord::address)
                        .distinct()
                        .sorted()
                        .toList();
        return addresses.parallelStream()
                .map(address -> clients.visit(address, order.port(), order.host(), order.page()))
                .map(DigitalOceanTruthActivities::answer)
                .toList();
    }

    private static AddressAnswer answer(ClientProbeResult result) {
        int status = result.answer().map(ClientProbeResult.ProbeAnswer::status).orElse(0);
        return new AddressAnswer(result.address(), status, result.describe());
    }
}
