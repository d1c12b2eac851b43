package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.api.CloudDroplet;
import dev.sluice.activities.cloud.api.CloudFirewall;
import dev.sluice.workflows.activity.CloudActivities.TaggedResource;
import dev.sluice.workflows.model.node.NodeState;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds Sluice's tags and droplets in the account's firewalls. Sluice reports them and never changes a firewall. */
final class FirewallReferences {
    private final CloudApi cloud;
    private final List<CloudFirewall> firewalls;
    private final Optional<String> unread;

    private FirewallReferences(CloudApi cloud, List<CloudFirewall> firewalls, Optional<String> unread) {
        this.cloud = cloud;
        this.firewalls = firewalls;
        this.unread = unread;
    }

    /** Reads the firewalls. A token without that scope can still deploy, so the rest is swept without them. */
    static FirewallReferences read(CloudApi cloud) {
        try {
            return new FirewallReferences(cloud, cloud.firewalls(), Optional.empty());
        } catch (CloudApiException failure) {
            if (failure.kind() != CloudApiException.FailureKind.DENIED) {
                throw failure;
            }
            return new FirewallReferences(cloud, List.of(), Optional.of(String.valueOf(failure.getMessage())));
        }
    }

    /** Whether a firewall names the tag, so that deleting the tag would change the firewall. */
    boolean contain(String tag) {
        return firewalls.stream().anyMatch(firewall -> firewall.tags().contains(tag));
    }

    /** Tags of runs that firewalls name, and droplets that no longer exist; {@code there} are known droplets. */
    List<TaggedResource> tagged(Collection<CloudDroplet> there) {
        Set<Long> known = there.stream().map(CloudDroplet::id).collect(Collectors.toCollection(HashSet::new));
        return Stream.of(
                        unread.stream().map(FirewallReferences::unread),
                        firewalls.stream().flatMap(FirewallReferences::runs),
                        firewalls.stream().flatMap(firewall -> gone(firewall, known)))
                .flatMap(part -> part)
                .toList();
    }

    private static Stream<TaggedResource> runs(CloudFirewall firewall) {
        return firewall.tags().stream()
                .filter(tag -> tag.startsWith(SluiceTags.RUN) && SluiceTags.isOfOneThing(tag))
                .sorted()
                .map(tag -> entry(
                        TaggedResource.TaggedKind.FIREWALL_RUN,
                        firewall.id(),
                        firewall,
                        Optional.of(tag.substring(SluiceTags.RUN.length()))));
    }

    private Stream<TaggedResource> gone(CloudFirewall firewall, Set<Long> known) {
        if (firewall.tags().stream().noneMatch(SluiceTags::isOurs)) {
            return Stream.empty();
        }
        return new TreeSet<>(firewall.droplets())
                .stream()
                        .filter(id -> isGone(id, known))
                        .map(id -> entry(
                                TaggedResource.TaggedKind.FIREWALL_DROPLET,
                                Long.toString(id),
                                firewall,
                                Optional.empty()));
    }

    /** Droplets without Sluice's tags are in no list; each is requested once. */
    private boolean isGone(long droplet, Set<Long> known) {
        if (known.contains(droplet)) {
            return false;
        }
        if (cloud.droplet(droplet).isEmpty()) {
            return true;
        }
        known.add(droplet);
        return false;
    }

    private static TaggedResource entry(
            TaggedResource.TaggedKind kind, String id, CloudFirewall firewall, Optional<String> run) {
        return new TaggedResource(
                kind,
                id,
                firewall.name(),
                SluiceTags.clusterOf(new TreeSet<>(firewall.tags())),
                Optional.<NodeState>empty(),
                run,
                firewall.created());
    }

    private static TaggedResource unread(String why) {
        return new TaggedResource(
                TaggedResource.TaggedKind.FIREWALLS_UNREAD,
                "",
                why,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH);
    }
}
