package dev.sluice.activities.cloud;

import dev.sluice.activities.heartbeat.Heart;
import dev.sluice.workflows.activity.CloudActivities.SnapshotOrder;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Template;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A droplet made into a template: shut down, off, snapshot, tags. Each try goes on from what it finds. */
final class Snapshotting {
    private static final Duration SHUTDOWN = Duration.ofSeconds(20);

    private final Cloud cloud;
    private final Departure departure;
    private final Approved approved;
    private final Heart heart;
    private final Clock clock;

    Snapshotting(Cloud cloud, Departure departure, Approved approved, Heart heart, Clock clock) {
        this.cloud = cloud;
        this.departure = departure;
        this.approved = approved;
        this.heart = heart;
        this.clock = clock;
    }

    Template snapshot(SnapshotOrder order) {
        try (Heart.Beat beat = heart.start()) {
            own(order);
            Image image = image(order).orElseGet(() -> make(order, beat));
            return approved.mark(image, order.node().cluster(), order.node().role(), order.manifest());
        }
    }

    private Image make(SnapshotOrder order, Heart.Beat beat) {
        long droplet = order.droplet().value();
        if (!snapshotUnderWay(droplet)) {
            shutDown(droplet, beat);
            departure.off(droplet, beat);
        }
        Pauses pauses = new Pauses();
        boolean begun = false;
        while (true) {
            Optional<Image> image = image(order).filter(found -> found.status().equals("available"));
            if (image.isPresent()) {
                return image.get();
            }
            List<Event> snapshots = cloud.events(droplet).stream()
                    .filter(event -> event.type().equals("snapshot"))
                    .toList();
            if (begun && snapshots.stream().limit(1).anyMatch(Event::failed)) {
                throw refused(order, "DigitalOcean's snapshot action says errored");
            }
            if (!begun && snapshots.stream().noneMatch(Event::underWay)) {
                begun = Departure.whenFree(() -> cloud.begin(droplet, "snapshot", Optional.of(order.name())));
            }
            beat.pause(pauses.next());
        }
    }

    /** Asks the system to stop and gives it a while; whoever does not listen loses power. */
    private void shutDown(long droplet, Heart.Beat beat) {
        if (cloud.droplet(droplet).filter(found -> found.is("active")).isEmpty()
                || !Departure.whenFree(() -> cloud.begin(droplet, "shutdown", Optional.empty()))) {
            return;
        }
        Instant end = clock.instant().plus(SHUTDOWN);
        Pauses pauses = new Pauses();
        while (clock.instant().isBefore(end)
                && cloud.droplet(droplet).filter(found -> found.is("off")).isEmpty()) {
            beat.pause(pauses.next());
        }
    }

    private boolean snapshotUnderWay(long droplet) {
        return cloud.events(droplet).stream().anyMatch(event -> event.type().equals("snapshot") && event.underWay());
    }

    // Only among the droplet's own: another snapshot of that name may be somebody else's.
    private Optional<Image> image(SnapshotOrder order) {
        return cloud.snapshots(order.droplet().value(), order.name()).stream()
                .max(Comparator.naturalOrder())
                .flatMap(cloud::image);
    }

    private void own(SnapshotOrder order) {
        if (cloud.droplet(order.droplet().value())
                .filter(droplet -> Creation.isOwn(droplet, order.node()))
                .isEmpty()) {
            throw refused(order, "there is no such droplet with the tag " + Tags.run(order.node()));
        }
    }

    private static RuntimeException refused(SnapshotOrder order, String why) {
        return Failures.of(
                FailureType.CLOUD_REFUSED,
                "No snapshot '%s' was made of droplet %s (%s): %s."
                        .formatted(order.name(), order.droplet(), order.node().name(), why));
    }
}
