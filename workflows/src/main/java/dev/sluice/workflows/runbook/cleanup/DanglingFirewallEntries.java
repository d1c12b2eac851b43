package dev.sluice.workflows.runbook.cleanup;

import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.activity.CloudActivities.TaggedResource;
import dev.sluice.workflows.activity.CloudActivities.TaggedResource.TaggedKind;
import dev.sluice.workflows.model.cluster.ClusterName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Entries of firewalls for what is not there any more. Sluice makes no firewalls, and so takes nothing out of them. */
final class DanglingFirewallEntries {
    private static final Set<TaggedKind> CARRIERS =
            Set.of(TaggedKind.DROPLET, TaggedKind.SNAPSHOT, TaggedKind.UNFINISHED_TEMPLATE);
    private static final String SAYS = "take it out of the firewall at DigitalOcean; Sluice changes none";

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
                .flatMap(thing -> stray(thing, carried).stream())
                .toList();
    }

    private static Optional<Leak> stray(TaggedResource thing, Set<String> carried) {
        return switch (thing.kind()) {
            case FIREWALL_RUN ->
                thing.run()
                        .filter(run -> !carried.contains(run))
                        .map(run -> named(thing, "it names the tag run:%s, which nothing else carries".formatted(run)));
            case FIREWALL_DROPLET ->
                Optional.of(named(thing, "it names droplet %s, which is not there".formatted(thing.id())));
            case FIREWALLS_UNREAD ->
                Optional.of(Leak.forPerson(
                        "what could not be read",
                        "firewalls: " + thing.name(),
                        "give the token firewall:read to have them looked at"));
            case DROPLET, SNAPSHOT, UNFINISHED_TEMPLATE, RUN_TAG, EMPTY_TAG -> Optional.empty();
        };
    }

    private static Leak named(TaggedResource thing, String why) {
        return Leak.forPerson("firewall %s".formatted(thing.name()), why, SAYS);
    }
}
