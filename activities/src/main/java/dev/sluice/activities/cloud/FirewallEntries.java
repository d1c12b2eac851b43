package dev.sluice.activities.cloud;

import dev.sluice.workflows.activity.CloudActivities.Tagged;
import dev.sluice.workflows.model.NodeState;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the account's firewalls name of ours. Sluice makes no firewalls and changes none: it only tells of them. */
final class FirewallEntries {
    private final Cloud cloud;
    private final List<Firewall> firewalls;
    private final Optional<String> unread;

    private FirewallEntries(Cloud cloud, List<Firewall> firewalls, Optional<String> unread) {
        this.cloud = cloud;
        this.firewalls = firewalls;
        this.unread = unread;
    }

    /** A token that may deploy need not be one that may see firewalls: the rest is swept without them. */
    static FirewallEntries of(Cloud cloud) {
        try {
            return new FirewallEntries(cloud, cloud.firewalls(), Optional.empty());
        } catch (CloudFailure failure) {
            if (failure.kind() != CloudFailure.Kind.DENIED) {
                throw failure;
            }
            return new FirewallEntries(cloud, List.of(), Optional.of(String.valueOf(failure.getMessage())));
        }
    }

    /** Whether a firewall names the tag: deleting it would change that firewall. */
    boolean name(String tag) {
        return firewalls.stream().anyMatch(firewall -> firewall.tags().contains(tag));
    }

    /** The tags of runs that they name, and droplets that are gone; {@code there} are droplets that need not be asked for. */
    List<Tagged> tagged(Collection<Droplet> there) {
        Set<Long> known = there.stream().map(Droplet::id).collect(Collectors.toCollection(HashSet::new));
        return Stream.of(
                        unread.stream().map(FirewallEntries::unread),
                        firewalls.stream().flatMap(FirewallEntries::runs),
                        firewalls.stream().flatMap(firewall -> gone(firewall, known)))
                .flatMap(part -> part)
                .toList();
    }

    private static Stream<Tagged> runs(Firewall firewall) {
        return firewall.tags().stream()
                .filter(tag -> tag.startsWith(Tags.RUN) && Tags.isOfOneThing(tag))
                .sorted()
                .map(tag -> entry(
                        Tagged.Kind.FIREWALL_RUN,
                        firewall.id(),
                        firewall,
                        Optional.of(tag.substring(Tags.RUN.length()))));
    }

    private Stream<Tagged> gone(Firewall firewall, Set<Long> known) {
        if (firewall.tags().stream().noneMatch(Tags::isOurs)) {
            return Stream.empty();
        }
        return new TreeSet<>(firewall.droplets())
                .stream()
                        .filter(id -> isGone(id, known))
                        .map(id -> entry(Tagged.Kind.FIREWALL_DROPLET, Long.toString(id), firewall, Optional.empty()));
    }

    /** Others' droplets are in no list of ours; each is asked for once. */
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

    private static Tagged entry(Tagged.Kind kind, String id, Firewall firewall, Optional<String> run) {
        return new Tagged(
                kind,
                id,
                firewall.name(),
                Tags.clusterOf(new TreeSet<>(firewall.tags())),
                Optional.<NodeState>empty(),
                run,
                firewall.created());
    }

    private static Tagged unread(String why) {
        return new Tagged(
                Tagged.Kind.FIREWALLS_UNREAD,
                "",
                why,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH);
    }
}
