package dev.sluice.activities.cloud;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.sluice.activities.heartbeat.Heart;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The end of a node: destroyed and proven gone, or kept without power. Only droplets of the node's own run are touched. */
final class Departure {
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);
    /** A droplet that was just made may be in no list for a while. */
    private static final Duration LISTED_WITHIN = Duration.ofSeconds(5);

    private final Cloud cloud;
    private final Creation creation;
    private final Marks marks;
    private final Heart heart;

    Departure(Cloud cloud, Creation creation, Marks marks, Heart heart) {
        this.cloud = cloud;
        this.creation = creation;
        this.marks = marks;
        this.heart = heart;
    }

    List<DropletId> destroy(NodeRef node) {
        Map<Long, Droplet> destroyed = new TreeMap<>();
        try (Heart.Beat beat = heart.start()) {
            do {
                emptied(node, destroyed, beat);
                // A create whose answer was given up may take effect after the first look.
                beat.pause(destroyed.isEmpty() ? LISTED_WITHIN : SECOND_LOOK);
                emptied(node, destroyed, beat);
                marks.forget(Tags.run(node));
            } while (cameMeanwhile(node));
        }
        Marks.configs(destroyed.values()).keySet().forEach(marks::forget);
        return destroyed.keySet().stream().map(DropletId::new).toList();
    }

    private void emptied(NodeRef node, Map<Long, Droplet> destroyed, Heart.Beat beat) {
        Pauses pauses = new Pauses();
        while (true) {
            List<Droplet> named = cloud.named(node.name().value());
            List<Droplet> own = named.stream()
                    .filter(droplet -> Creation.isOwn(droplet, node))
                    .toList();
            if (own.isEmpty() && named.stream().noneMatch(creation::mayBecomeOwn)) {
                return;
            }
            for (Droplet droplet : own) {
                if (whenFree(() -> cloud.delete(droplet.id()))) {
                    destroyed.put(droplet.id(), droplet);
                }
            }
            beat.pause(pauses.next());
        }
    }

    /**
     * Whether a droplet of this node took effect between the count and the deletion of its run's tag, which took the tag
     * off it: names are used once, so one of ours without any run's tag is this run's. It gets its tag again.
     */
    private boolean cameMeanwhile(NodeRef node) {
        List<Droplet> named = cloud.named(node.name().value());
        List<Long> untagged = named.stream()
                .filter(droplet -> droplet.tags().contains(Tags.SLUICE))
                .filter(droplet -> Tags.value(droplet.tags(), Tags.RUN).isEmpty())
                .map(Droplet::id)
                .toList();
        if (!untagged.isEmpty()) {
            cloud.tag(Tags.run(node), Cloud.Kind.DROPLET, untagged);
        }
        return !untagged.isEmpty() || named.stream().anyMatch(droplet -> Creation.isOwn(droplet, node));
    }

    void quarantine(NodeRef node) {
        List<Droplet> own = cloud.named(node.name().value()).stream()
                .filter(droplet -> Creation.isOwn(droplet, node))
                .toList();
        try (Heart.Beat beat = heart.start()) {
            // The tag first: if the power stays on, the node is at least named.
            own.forEach(droplet -> marks.state(droplet, NodeState.QUARANTINE));
            own.forEach(droplet -> off(droplet.id(), beat));
        }
    }

    /** Cuts the power and waits until the droplet is off; gone is off. */
    void off(long droplet, Heart.Beat beat) {
        Pauses pauses = new Pauses();
        int looks = 0;
        while (cloud.droplet(droplet).filter(found -> !found.is("off")).isPresent()) {
            // An accepted action may still fail; as long as it is under way a second one is refused.
            if (looks++ % 5 == 0) {
                whenFree(() -> cloud.begin(droplet, "power_off", Optional.empty()));
            }
            beat.pause(pauses.next());
        }
    }

    /** Whether the change was made; false if another event of the droplet is under way. */
    @CanIgnoreReturnValue
    static boolean whenFree(Runnable change) {
        try {
            change.run();
            return true;
        } catch (CloudFailure failure) {
            if (failure.kind() == CloudFailure.Kind.PENDING) {
                return false;
            }
            throw failure;
        }
    }
}
