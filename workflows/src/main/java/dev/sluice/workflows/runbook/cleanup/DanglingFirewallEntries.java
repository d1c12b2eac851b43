package dev.sluice.workflows.runbook.cleanup;

import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.activity.CloudActivities.TaggedResource;
import dev.sluice.workflows.activity.CloudActivities.TaggedResource.TaggedKind;
import dev.sluice.workflows.model.cluster.ClusterName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds firewall entries for resources that do not exist. Sluice creates no firewalls, so it never changes one. */
final class DanglingFirewallEntries {
    private static final Set<TaggedKind> CARRIERS =
            Set.of(TaggedKind.DROPLET, TaggedKind.SNAPSHOT, TaggedKind.UNFINISHED_TEMPLATE);
    private static final String SAYS = "remove the entry at DigitalOcean; Sluice changes no firewall";

    private final ClusterName cluster;

    DanglingFirewallEntries(ClusterName cluster) {
        this.cluster = cluster;
    }

    List<Leak> find(List<TaggedResource> tagged) {
        Set<String> carried = tagged.stream()
                .filter(thing -> CARRIERS.contains(thing.kind()))
                .map(TaggedResource::run)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return tagged.stream()
                .filter(thing -> thing.cluster().stream().allMatch(cluster::equals))
                .flatMap(thing -> toLeak(thing, carried).stream())
                .toList();
    }

    private static Optional<Leak> toLeak(TaggedResource thing, Set<String> carried) {
        return switch (thing.kind()) {
            case FIREWALL_RUN ->
                thing.run()
                        .filter(run -> !carried.contains(run))
                        .map(run -> named(thing, "it names the tag run:%s, which no resource carries".formatted(run)));
            case FIREWALL_DROPLET ->
                Optional.of(named(thing, "it names droplet %s, which does not exist".formatted(thing.id())));
            case FIREWALLS_UNREAD ->
                Optional.of(Leak.forPerson(
                        "unreadable part", "firewalls: " + thing.name(), "give the token firewall:read"));
            case DROPLET, SNAPSHOT, UNFINISHED_TEMPLATE, RUN_TAG, EMPTY_TAG -> Optional.empty();
        };
    }

    private static Leak named(TaggedResource thing, String why) {
        return Leak.forPerson("firewall %s".formatted(thing.name()), why, SAYS);
    }
}
