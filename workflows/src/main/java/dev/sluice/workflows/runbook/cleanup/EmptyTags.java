package dev.sluice.workflows.runbook.cleanup;

import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.activity.CloudActivities.TaggedResource;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Patience;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Removes tags in Sluice's format without a resource: DigitalOcean keeps a tag after its last droplet. */
final class EmptyTags {
    private static final String WHY = "no resource carries it";

    private final Patience patience;

    EmptyTags(Patience patience) {
        this.patience = patience;
    }

    List<String> find(List<TaggedResource> tagged) {
        Set<String> used = tagged.stream()
                .filter(thing -> thing.kind() != TaggedResource.TaggedKind.RUN_TAG)
                .map(TaggedResource::run)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return tagged.stream()
                .filter(thing -> isEmpty(thing, used))
                .map(TaggedResource::name)
                .toList();
    }

    private static boolean isEmpty(TaggedResource thing, Set<String> used) {
        return switch (thing.kind()) {
            case EMPTY_TAG -> true;
            case RUN_TAG -> thing.run().stream().noneMatch(used::contains);
            case DROPLET, SNAPSHOT, UNFINISHED_TEMPLATE, FIREWALL_RUN, FIREWALL_DROPLET, FIREWALLS_UNREAD -> false;
        };
    }

    Leak keep(String tag, String says) {
        return Leak.kept(what(tag), WHY, says);
    }

    Leak remove(String tag) {
        return OrphanRemoval.tryRemove(what(tag), WHY, () -> {
            ActivityStubs.cloud(patience.shortCall(), "delete %s".formatted(tag))
                    .deleteTag(tag);
            return "removed";
        });
    }

    private static String what(String tag) {
        return "tag %s".formatted(tag);
    }
}
