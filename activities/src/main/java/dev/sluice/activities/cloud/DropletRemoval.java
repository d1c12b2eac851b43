package dev.sluice.activities.cloud;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.api.CloudDroplet;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.poll.Poll;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Destroys a node's droplets and proves that they are deleted, or powers them off. Touches only droplets of the node's own
 * run, and none that serves: a name may have a second droplet, since a create may take effect late.
 */
final class DropletRemoval {
    private static final Duration SECOND_CHECK = Duration.ofSeconds(1);
    /** A new droplet may be missing from lists for a while. */
    private static final Duration LISTED_WITHIN = Duration.ofSeconds(5);

    /** A new tag may be missing from lists for a while, so a droplet may seem to serve that was just marked leaving. */
    private static final Duration TAGS_SHOWN_WITHIN = Duration.ofSeconds(15);

    private static final Set<NodeState> NEVER_DESTROYED = EnumSet.of(NodeState.READY, NodeState.IN_SERVICE);

    private final CloudApi cloud;
    private final DropletCreation creation;
    private final StateTags marks;
    private final ActivityHeartbeat.Starter heart;
    private final Clock clock;

    DropletRemoval(
            CloudApi cloud, DropletCreation creation, StateTags marks, ActivityHeartbeat.Starter heart, Clock clock) {
        this.cloud = cloud;
        this.creation = creation;
        this.marks = marks;
        this.heart = heart;
        this.clock = clock;
    }

    /** Destroys the given droplet, or all of the node without one. */
    List<DropletId> destroy(NodeRef node, Optional<DropletId> only) {
        Map<Long, CloudDroplet> destroyed = new TreeMap<>();
        try (ActivityHeartbeat beat = heart.start()) {
            do {
                destroyUntilNoneIsLeft(node, only, destroyed, beat);
                // A create that timed out may take effect after the first check.
                beat.pause(destroyed.isEmpty() ? LISTED_WITHIN : SECOND_CHECK);
                destroyUntilNoneIsLeft(node, only, destroyed, beat);
                marks.forget(SluiceTags.run(node));
            } while (only.isEmpty() && adoptLateDroplets(node));
        }
        StateTags.configs(destroyed.values()).keySet().forEach(marks::forget);
        return destroyed.keySet().stream().map(DropletId::new).toList();
    }

    private void destroyUntilNoneIsLeft(
            NodeRef node, Optional<DropletId> only, Map<Long, CloudDroplet> destroyed, ActivityHeartbeat beat) {
        Instant shown = clock.instant().plus(TAGS_SHOWN_WITHIN);
        Poll.every(new PollBackoff(), beat::pause).await(() -> isDestroyed(node, only, destroyed, shown));
    }

    /** Whether no droplet of the node is left; destroys those that are. */
    private boolean isDestroyed(
            NodeRef node, Optional<DropletId> only, Map<Long, CloudDroplet> destroyed, Instant shown) {
        List<CloudDroplet> named = cloud.findByName(node.name().value());
        List<CloudDroplet> own = named.stream()
                .filter(droplet -> DropletCreation.isOwn(droplet, node))
                .filter(droplet -> only.stream().allMatch(id -> id.value() == droplet.id()))
                .toList();
        for (CloudDroplet droplet : own) {
            if (serves(droplet)) {
                requireBefore(shown, droplet);
            } else if (runUnlessPending(() -> cloud.delete(droplet.id()))) {
                destroyed.put(droplet.id(), droplet);
            }
        }
        return own.isEmpty() && (only.isPresent() || named.stream().noneMatch(creation::mayBecomeOwn));
    }

    private static boolean serves(CloudDroplet droplet) {
        return SluiceTags.stateOf(droplet.tags())
                .filter(NEVER_DESTROYED::contains)
                .isPresent();
    }

    private void requireBefore(Instant shown, CloudDroplet droplet) {
        if (!clock.instant().isBefore(shown)) {
            throw TypedFailures.of(
                    FailureType.CLOUD_REFUSED,
                    "droplet %d (%s) is %s: it is neither destroyed nor powered off before its run has marked it leaving"
                            .formatted(
                                    droplet.id(),
                                    droplet.name(),
                                    SluiceTags.stateOf(droplet.tags())
                                            .map(NodeState::word)
                                            .orElse("without a state")));
        }
    }

    /**
     * Whether a droplet of this node appeared between the count and the deletion of the run's tag, which removed the tag
     * from it. A name is used once, so a droplet of Sluice without a run's tag belongs to this run and gets the tag again.
     */
    private boolean adoptLateDroplets(NodeRef node) {
        List<CloudDroplet> named = cloud.findByName(node.name().value());
        List<Long> untagged = named.stream()
                .filter(droplet -> droplet.tags().contains(SluiceTags.SLUICE))
                .filter(droplet ->
                        SluiceTags.value(droplet.tags(), SluiceTags.RUN).isEmpty())
                .map(CloudDroplet::id)
                .toList();
        if (!untagged.isEmpty()) {
            cloud.tag(SluiceTags.run(node), CloudApi.ResourceKind.DROPLET, untagged);
        }
        return !untagged.isEmpty() || named.stream().anyMatch(droplet -> DropletCreation.isOwn(droplet, node));
    }

    void quarantine(NodeRef node) {
        try (ActivityHeartbeat beat = heart.start()) {
            List<CloudDroplet> own = outOfService(node, beat);
            // The tag comes first: if the power stays on, the report still names the node.
            own.forEach(droplet -> marks.setState(droplet, NodeState.QUARANTINE));
            own.forEach(droplet -> powerOff(droplet.id(), beat));
        }
    }

    /** The node's droplets, once none of them is shown in service. */
    private List<CloudDroplet> outOfService(NodeRef node, ActivityHeartbeat beat) {
        Instant shown = clock.instant().plus(TAGS_SHOWN_WITHIN);
        List<CloudDroplet> own = new ArrayList<>();
        Poll.every(new PollBackoff(), beat::pause).await(() -> {
            own.clear();
            cloud.findByName(node.name().value()).stream()
                    .filter(droplet -> DropletCreation.isOwn(droplet, node))
                    .forEach(own::add);
            Optional<CloudDroplet> serving = own.stream()
                    .filter(droplet -> SluiceTags.stateOf(droplet.tags()).equals(Optional.of(NodeState.IN_SERVICE)))
                    .findFirst();
            serving.ifPresent(droplet -> requireBefore(shown, droplet));
            return serving.isEmpty();
        });
        return own;
    }

    /** Powers the droplet off and waits until it is off; a deleted droplet counts as off. */
    void powerOff(long droplet, ActivityHeartbeat beat) {
        AtomicInteger polls = new AtomicInteger();
        Poll.every(new PollBackoff(), beat::pause).await(() -> {
            boolean on =
                    cloud.droplet(droplet).filter(found -> !found.is("off")).isPresent();
            // An accepted action may still fail. DigitalOcean refuses a second one while the first is in progress.
            if (on && polls.getAndIncrement() % 5 == 0) {
                runUnlessPending(() -> cloud.startAction(droplet, "power_off", Optional.empty()));
            }
            return !on;
        });
    }

    /** Whether the change was made; false if another action of the droplet is in progress. */
    @CanIgnoreReturnValue
    static boolean runUnlessPending(Runnable change) {
        try {
            change.run();
            return true;
        } catch (CloudApiException failure) {
            if (failure.kind() == CloudApiException.FailureKind.PENDING) {
                return false;
            }
            throw failure;
        }
    }
}
