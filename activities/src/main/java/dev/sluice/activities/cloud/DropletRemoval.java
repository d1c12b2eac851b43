package dev.sluice.activities.cloud;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.api.CloudDroplet;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.poll.Poll;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The end of a node: destroyed and proven gone, or kept without power. Only droplets of the node's own run are touched. */
final class DropletRemoval {
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);
    /** A droplet that was just made may be in no list for a while. */
    private static final Duration LISTED_WITHIN = Duration.ofSeconds(5);

    private final CloudApi cloud;
    private final DropletCreation creation;
    private final StateTags marks;
    private final ActivityHeartbeat.Starter heart;

    DropletRemoval(CloudApi cloud, DropletCreation creation, StateTags marks, ActivityHeartbeat.Starter heart) {
        this.cloud = cloud;
        this.creation = creation;
        this.marks = marks;
        this.heart = heart;
    }

    List<DropletId> destroy(NodeRef node) {
        Map<Long, CloudDroplet> destroyed = new TreeMap<>();
        try (ActivityHeartbeat beat = heart.start()) {
            do {
                destroyUntilNoneIsLeft(node, destroyed, beat);
                // A create whose answer was given up may take effect after the first look.
                beat.pause(destroyed.isEmpty() ? LISTED_WITHIN : SECOND_LOOK);
                destroyUntilNoneIsLeft(node, destroyed, beat);
                marks.forget(SluiceTags.run(node));
            } while (adoptLateDroplets(node));
        }
        StateTags.configs(destroyed.values()).keySet().forEach(marks::forget);
        return destroyed.keySet().stream().map(DropletId::new).toList();
    }

    private void destroyUntilNoneIsLeft(NodeRef node, Map<Long, CloudDroplet> destroyed, ActivityHeartbeat beat) {
        Poll.every(new PollBackoff(), beat::pause).await(() -> isDestroyed(node, destroyed));
    }

    /** Whether no droplet of the node is left; destroys those that are. */
    private boolean isDestroyed(NodeRef node, Map<Long, CloudDroplet> destroyed) {
        List<CloudDroplet> named = cloud.findByName(node.name().value());
        List<CloudDroplet> own = named.stream()
                .filter(droplet -> DropletCreation.isOwn(droplet, node))
                .toList();
        for (CloudDroplet droplet : own) {
            if (runUnlessPending(() -> cloud.delete(droplet.id()))) {
                destroyed.put(droplet.id(), droplet);
            }
        }
        return own.isEmpty() && named.stream().noneMatch(creation::mayBecomeOwn);
    }

    /**
     * Whether a droplet of this node took effect between the count and the deletion of its run's tag, which took the tag
     * off it: names are used once, so one of ours without any run's tag is this run's. It gets its tag again.
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
        List<CloudDroplet> own = cloud.findByName(node.name().value()).stream()
                .filter(droplet -> DropletCreation.isOwn(droplet, node))
                .toList();
        try (ActivityHeartbeat beat = heart.start()) {
            // The tag first: if the power stays on, the node is at least named.
            own.forEach(droplet -> marks.setState(droplet, NodeState.QUARANTINE));
            own.forEach(droplet -> powerOff(droplet.id(), beat));
        }
    }

    /** Cuts the power and waits until the droplet is off; gone is off. */
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

    /** Whether the change was made; false if another event of the droplet is under way. */
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
