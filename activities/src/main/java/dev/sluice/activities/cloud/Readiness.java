package dev.sluice.activities.cloud;

import dev.sluice.activities.heartbeat.Heart;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeRef;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The wait for a droplet: created, active, unlocked, with its addresses. "Accepted" means none of these. */
final class Readiness {
    /** A new droplet may be unknown for a while; one whose creation fails disappears. */
    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(20);

    private static final Duration LONGEST_WITHOUT_ADDRESS = Duration.ofMinutes(2);
    private static final Duration LONGEST_SHARED = Duration.ofSeconds(2);
    private static final Duration LOOK_AT_EVENTS_EVERY = Duration.ofSeconds(10);

    private final Cloud cloud;
    private final TaggedFleet fleet;
    private final Heart heart;
    private final Clock clock;
    private final Shared<List<Event>> latest;
    private final AtomicInteger waiting = new AtomicInteger();

    Readiness(Cloud cloud, TaggedFleet fleet, Heart heart, Clock clock) {
        this.cloud = cloud;
        this.fleet = fleet;
        this.heart = heart;
        this.clock = clock;
        this.latest = new Shared<>(clock, cloud::latestEvents);
    }

    Node await(NodeRef node, DropletId id) {
        waiting.incrementAndGet();
        try (Heart.Beat beat = heart.start()) {
            return await(new Watch(node, id), beat);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private Node await(Watch watch, Heart.Beat beat) {
        Pauses pauses = new Pauses();
        while (true) {
            Duration pause = shared(pauses.next());
            beat.pause(pause);
            Optional<Node> ready = watch.look(pause.dividedBy(2));
            if (ready.isPresent()) {
                return ready.get();
            }
        }
    }

    /** The more droplets are waited for, the longer, so that they share lists instead of asking for one each. */
    private Duration shared(Duration pause) {
        Duration longer = pause.multipliedBy(Math.max(1, waiting.get()));
        Duration most = pause.compareTo(LONGEST_SHARED) > 0 ? pause : LONGEST_SHARED;
        return longer.compareTo(most) > 0 ? most : longer;
    }

    private final class Watch {
        private final NodeRef node;
        private final DropletId id;
        private boolean seen;
        private @Nullable Instant absent;
        private @Nullable Instant withoutAddress;
        private Instant eventsAsked = clock.instant();

        Watch(NodeRef node, DropletId id) {
            this.node = node;
            this.id = id;
        }

        Optional<Node> look(Duration age) {
            Optional<Droplet> found = find(age);
            if (found.isEmpty()) {
                missing();
                return Optional.empty();
            }
            seen = true;
            absent = null;
            if (doubles(age)) {
                return Optional.empty();
            }
            Droplet droplet = found.get();
            boolean due = clock.instant().isAfter(eventsAsked.plus(LOOK_AT_EVENTS_EVERY));
            if (!droplet.ready()) {
                if (due) {
                    created();
                }
                address(droplet);
                return Optional.empty();
            }
            return created() ? TaggedFleet.node(node, droplet) : Optional.empty();
        }

        private Optional<Droplet> find(Duration age) {
            List<Droplet> list = fleet.droplets(node.cluster(), age);
            Optional<Droplet> listed =
                    list.stream().filter(droplet -> droplet.id() == id.value()).findFirst();
            // Its tags may be still to come, or it is gone; its own address knows.
            return listed.isPresent() ? listed : cloud.droplet(id.value());
        }

        /**
         * Whether the run has further droplets of this name, which are destroyed: a create whose answer was lost may have
         * been in no list yet when the next one was asked for.
         */
        private boolean doubles(Duration age) {
            List<Droplet> doubles = fleet.droplets(node.cluster(), age).stream()
                    .filter(droplet -> droplet.id() != id.value())
                    .filter(droplet -> droplet.name().equals(node.name().value()) && Creation.isOwn(droplet, node))
                    .toList();
            doubles.forEach(droplet -> Departure.whenFree(() -> cloud.delete(droplet.id())));
            return !doubles.isEmpty();
        }

        private void missing() {
            Instant now = clock.instant();
            if (absent == null) {
                absent = now;
            }
            if (seen || !now.isBefore(absent.plus(LONGEST_ABSENCE))) {
                throw refused("is gone again: DigitalOcean accepted its creation and did not carry it out");
            }
        }

        private boolean created() {
            eventsAsked = clock.instant();
            List<Event> creations = creations();
            if (creations.stream().anyMatch(Event::failed)) {
                throw refused("was not created: DigitalOcean's action says errored");
            }
            return creations.stream().noneMatch(Event::underWay);
        }

        /** What ended stays so, however old the list is that all who wait share; who waits so long that others pushed it off that list asks alone. */
        private List<Event> creations() {
            List<Event> ended = shared(Fleet.ONCE);
            if (!ended.isEmpty() && ended.stream().noneMatch(Event::underWay)) {
                return ended;
            }
            List<Event> now = shared(Fleet.NOW);
            return now.isEmpty()
                    ? cloud.events(id.value()).stream()
                            .filter(Event::isCreation)
                            .toList()
                    : now;
        }

        private List<Event> shared(Duration age) {
            return latest.asOf(age).stream()
                    .filter(event -> event.isCreation() && event.droplet() == id.value())
                    .toList();
        }

        private void address(Droplet droplet) {
            boolean lacks = droplet.is("active") && !droplet.locked();
            Instant now = clock.instant();
            withoutAddress = !lacks ? null : withoutAddress == null ? now : withoutAddress;
            if (withoutAddress != null && now.isAfter(withoutAddress.plus(LONGEST_WITHOUT_ADDRESS))) {
                throw refused("is active since %s and has no %s address, expected both"
                        .formatted(withoutAddress, droplet.privateAddress().isEmpty() ? "private" : "public"));
            }
        }

        private ApplicationFailure refused(String what) {
            return Failures.of(FailureType.CLOUD_REFUSED, "Droplet %s of %s %s.".formatted(id, node.name(), what));
        }
    }
}
