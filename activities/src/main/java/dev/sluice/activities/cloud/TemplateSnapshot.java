package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.CloudImage;
import dev.sluice.activities.cloud.api.DropletAction;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.poll.Poll;
import dev.sluice.workflows.activity.CloudActivities.SnapshotOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A droplet made into a template: shut down, off, snapshot, tags. Each try goes on from what it finds. */
final class TemplateSnapshot {
    private static final Duration SHUTDOWN = Duration.ofSeconds(20);

    private final CloudApi cloud;
    private final DropletRemoval departure;
    private final TemplateStore approved;
    private final ActivityHeartbeat.Starter heart;
    private final Clock clock;

    TemplateSnapshot(
            CloudApi cloud,
            DropletRemoval departure,
            TemplateStore approved,
            ActivityHeartbeat.Starter heart,
            Clock clock) {
        this.cloud = cloud;
        this.departure = departure;
        this.approved = approved;
        this.heart = heart;
        this.clock = clock;
    }

    Template snapshot(SnapshotOrder order) {
        try (ActivityHeartbeat beat = heart.start()) {
            own(order);
            CloudImage image = image(order).orElseGet(() -> make(order, beat));
            return approved.tagAsTemplate(
                    image, order.node().cluster(), order.node().role(), order.manifest());
        }
    }

    private CloudImage make(SnapshotOrder order, ActivityHeartbeat beat) {
        long droplet = order.droplet().value();
        if (!snapshotUnderWay(droplet)) {
            shutDown(droplet, beat);
            departure.powerOff(droplet, beat);
        }
        AtomicBoolean begun = new AtomicBoolean();
        return Poll.every(new PollBackoff(), beat::pause)
                .await(() -> available(order, begun), Optional::isPresent)
                .orElseThrow();
    }

    /** The finished snapshot; without one, starts the action unless it is in progress. */
    private Optional<CloudImage> available(SnapshotOrder order, AtomicBoolean begun) {
        Optional<CloudImage> image = image(order).filter(found -> found.status().equals("available"));
        if (image.isPresent()) {
            return image;
        }
        long droplet = order.droplet().value();
        List<DropletAction> snapshots = cloud.actions(droplet).stream()
                .filter(event -> event.type().equals("snapshot"))
                .toList();
        if (begun.get() && snapshots.stream().limit(1).anyMatch(DropletAction::failed)) {
            throw refused(order, "DigitalOcean's snapshot action has the status errored");
        }
        if (!begun.get() && snapshots.stream().noneMatch(DropletAction::underWay)) {
            begun.set(DropletRemoval.runUnlessPending(
                    () -> cloud.startAction(droplet, "snapshot", Optional.of(order.name()))));
        }
        return Optional.empty();
    }

    /** Asks the system to stop and gives it a while; whoever does not listen loses power. */
    private void shutDown(long droplet, ActivityHeartbeat beat) {
        if (cloud.droplet(droplet).filter(found -> found.is("active")).isEmpty()
                || !DropletRemoval.runUnlessPending(() -> cloud.startAction(droplet, "shutdown", Optional.empty()))) {
            return;
        }
        Poll.every(new PollBackoff(), beat::pause)
                .until(clock, SHUTDOWN)
                .await(() ->
                        cloud.droplet(droplet).filter(found -> found.is("off")).isPresent());
    }

    private boolean snapshotUnderWay(long droplet) {
        return cloud.actions(droplet).stream().anyMatch(event -> event.type().equals("snapshot") && event.underWay());
    }

    // Only among the droplet's own: another snapshot of that name may be somebody else's.
    private Optional<CloudImage> image(SnapshotOrder order) {
        return cloud.snapshots(order.droplet().value(), order.name()).stream()
                .max(Comparator.naturalOrder())
                .flatMap(cloud::image);
    }

    private void own(SnapshotOrder order) {
        if (cloud.droplet(order.droplet().value())
                .filter(droplet -> DropletCreation.isOwn(droplet, order.node()))
                .isEmpty()) {
            throw refused(order, "there is no such droplet with the tag " + SluiceTags.run(order.node()));
        }
    }

    private static RuntimeException refused(SnapshotOrder order, String why) {
        return TypedFailures.of(
                FailureType.CLOUD_REFUSED,
                "No snapshot '%s' was made of droplet %s (%s): %s."
                        .formatted(order.name(), order.droplet(), order.node().name(), why));
    }
}
