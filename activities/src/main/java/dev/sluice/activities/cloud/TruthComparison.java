package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.api.AccountCatalog.ReservedAddress;
import dev.sluice.activities.cloud.api.CloudDroplet;
import dev.sluice.activities.cloud.api.DomainApi.ZoneRecord;
import dev.sluice.workflows.activity.TruthActivities.TruthOrder;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.truth.DifferenceKind;
import dev.sluice.workflows.model.truth.PublishedAddress;
import dev.sluice.workflows.model.truth.PublishedAddress.AddressOwner;
import dev.sluice.workflows.model.truth.TruthDifference;
import dev.sluice.workflows.model.truth.TruthReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares the droplets with the cluster's tag, the records, the reserved addresses and the cluster file. */
final class TruthComparison {
    private static final Set<String> ADDRESS_TYPES = Set.of("A", "AAAA");

    private final TruthOrder order;
    private final List<ZoneRecord> published;
    private final List<ZoneRecord> all;
    private final List<CloudDroplet> droplets;
    private final List<NodeStatus> nodes;
    private final List<TruthDifference> differences = new ArrayList<>();

    /**
     * Compares later.
     *
     * @param published the records at the service's name
     * @param all the records of every domain, if nodes leave
     */
    TruthComparison(TruthOrder order, List<ZoneRecord> published, List<ZoneRecord> all, List<CloudDroplet> droplets) {
        this.order = order;
        this.published = published;
        this.all = all;
        this.droplets = droplets;
        this.nodes = droplets.stream()
                .flatMap(droplet -> TaggedClusterNodes.status(droplet).stream())
                .toList();
    }

    /** Whether an address is left that only a reserved address can explain, or a record may lead to one. */
    boolean needsReservedAddresses() {
        return !order.leaving().isEmpty()
                || published.stream()
                        .filter(TruthComparison::isAddress)
                        .anyMatch(record -> !isListed(record)
                                && droplet(record.data(), List.of()).isEmpty());
    }

    /**
     * Returns the addresses and all differences.
     *
     * @param unread what to add to the sentence about an unknown address
     */
    TruthReport report(List<ReservedAddress> reserved, String unread) {
        differences.clear();
        droplets.forEach(this::compareName);
        List<PublishedAddress> addresses = published.stream()
                .filter(TruthComparison::isAddress)
                .map(record -> address(record, reserved, unread))
                .distinct()
                .toList();
        published.stream().filter(record -> record.type().equals("CNAME")).forEach(this::addAlias);
        nodes.stream()
                .filter(node -> order.leaving().contains(node.ref().name()))
                .forEach(node -> compareOtherNames(node, addresses, reserved));
        return new TruthReport(addresses, differences);
    }

    private void compareName(CloudDroplet droplet) {
        if (TaggedClusterNodes.status(droplet).isPresent()) {
            return;
        }
        boolean tagged = droplet.tags().contains(SluiceTags.SLUICE)
                && SluiceTags.roleOf(droplet.tags()).isPresent();
        add(
                DifferenceKind.ALTERED_DROPLET,
                Optional.empty(),
                "droplet %d \"%s\"%s has the tag %s, but %s"
                        .formatted(
                                droplet.id(),
                                droplet.name(),
                                droplet.publicAddress().map(" (%s)"::formatted).orElse(""),
                                SluiceTags.cluster(order.cluster()),
                                tagged
                                        ? "its name is no node's, so that Sluice cannot reach it as one"
                                        : "it lacks the tag of Sluice or that of its role"),
                tagged
                        ? "rename it back, or remove its tags if it is not a node"
                        : "put its tags back, or remove the tag %s if it is not a node"
                                .formatted(SluiceTags.cluster(order.cluster())));
    }

    private PublishedAddress address(ZoneRecord record, List<ReservedAddress> reserved, String unread) {
        Optional<CloudDroplet> droplet = droplet(record.data(), reserved);
        Optional<NodeStatus> node = droplet.flatMap(TaggedClusterNodes::status)
                .filter(status -> status.ref().role().facesClients());
        Optional<NodeName> name = node.map(status -> status.ref().name());
        if (isListed(record)) {
            return new PublishedAddress(record.data(), AddressOwner.ANOTHER_HAND, Optional.empty());
        }
        if (node.isEmpty()) {
            add(
                    DifferenceKind.UNKNOWN_ADDRESS,
                    Optional.empty(),
                    "%s leads to no proxy of %s%s"
                            .formatted(record.describe(), order.cluster(), explain(droplet, unread)),
                    "put the machine's name and tags back, or remove the record,"
                            + " or list the address in dns.others if another hand keeps it");
            return new PublishedAddress(record.data(), AddressOwner.UNKNOWN, Optional.empty());
        }
        compareState(record, node.get());
        boolean own = droplet.get()
                .publicAddress()
                .filter(address -> address.value().equals(record.data()))
                .isPresent();
        if (!own) {
            add(
                    DifferenceKind.SAME_MACHINE,
                    name,
                    "%s is a reserved address of %s, which counts as one proxy"
                            .formatted(record.describe(), name.get()),
                    "remove this record before %s is retired".formatted(name.get()));
        }
        return new PublishedAddress(record.data(), AddressOwner.NODE, name);
    }

    private static String explain(Optional<CloudDroplet> droplet, String unread) {
        return droplet.map(found -> ": it is droplet %d \"%s\"".formatted(found.id(), found.name()))
                .orElse(unread);
    }

    private void compareState(ZoneRecord record, NodeStatus node) {
        if (node.isIn(NodeState.QUARANTINE)) {
            add(
                    DifferenceKind.NOT_IN_TRAFFIC,
                    Optional.of(node.ref().name()),
                    "%s leads to %s, which is in quarantine"
                            .formatted(record.describe(), node.ref().name()),
                    "retire %s".formatted(node.ref().name()));
        }
    }

    private void addAlias(ZoneRecord record) {
        add(
                DifferenceKind.ALIAS,
                Optional.empty(),
                "%s stands at the service's name, where A records of the proxies are expected"
                        .formatted(record.describe()),
                "remove it");
    }

    /** A node whose machine goes away must not leave records behind that lead to somebody else's machine later. */
    private void compareOtherNames(NodeStatus node, List<PublishedAddress> addresses, List<ReservedAddress> reserved) {
        NodeName name = node.ref().name();
        boolean here = addresses.stream().anyMatch(address -> address.node().equals(Optional.of(name)));
        boolean elsewhere = node.ref().role().facesClients() && node.isIn(NodeState.IN_SERVICE) && !here;
        boolean unpublished = elsewhere;
        for (ZoneRecord record : all) {
            boolean atService =
                    record.domain().equals(order.domain()) && record.name().equals(order.service());
            boolean leadsHere = isAddress(record)
                    && droplet(record.data(), reserved)
                            .filter(droplet -> droplet.id() == node.droplet().value())
                            .isPresent();
            unpublished &= !leadsHere;
            if (leadsHere && !atService) {
                add(
                        elsewhere ? DifferenceKind.OTHER_SERVICE : DifferenceKind.OTHER_NAME,
                        Optional.of(name),
                        elsewhere
                                ? "%s is published as %s, this file says %s"
                                        .formatted(name, record.fullName(), serviceName())
                                : "%s leads to %s, which would be destroyed".formatted(record.describe(), name),
                        elsewhere
                                ? "use the cluster file that names %s, or remove the record"
                                        .formatted(record.fullName())
                                : "remove the record, or let it lead elsewhere");
            }
        }
        if (unpublished) {
            addUnpublished(node);
        }
    }

    /** Its removal is not stopped: the record may be gone for good, and a retirement is then the remedy. */
    private void addUnpublished(NodeStatus node) {
        add(
                DifferenceKind.UNPUBLISHED,
                Optional.of(node.ref().name()),
                "%s%s is in service, but no record of this account leads to it"
                        .formatted(
                                node.ref().name(),
                                node.node()
                                        .map(machine -> " (%s)".formatted(machine.publicAddress()))
                                        .orElse("")),
                "publish it again, or make sure that no other account's zone sends clients to it before it is retired");
    }

    private String serviceName() {
        return new ZoneRecord(order.domain(), order.service(), "A", "").fullName();
    }

    private Optional<CloudDroplet> droplet(String address, List<ReservedAddress> reserved) {
        return droplets.stream()
                .filter(droplet -> droplet.publicAddress()
                                .filter(own -> own.value().equals(address))
                                .isPresent()
                        || reserved.contains(new ReservedAddress(address, droplet.id())))
                .findFirst();
    }

    private boolean isListed(ZoneRecord record) {
        return order.others().contains(record.data());
    }

    private static boolean isAddress(ZoneRecord record) {
        return ADDRESS_TYPES.contains(record.type());
    }

    private void add(DifferenceKind kind, Optional<NodeName> node, String says, String remedy) {
        differences.add(new TruthDifference(kind, node, says, remedy));
    }
}
