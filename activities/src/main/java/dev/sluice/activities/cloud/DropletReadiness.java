package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.CloudDroplet;
import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.activities.cloud.api.DropletAction;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.poll.Poll;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The wait for a droplet: created, active, unlocked, with its addresses. "Accepted" means none of these. */
final class DropletReadiness {
    /** A new droplet may be unknown for a while; one whose creation fails disappears. */
    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(20);

    private static final Duration LONGEST_WITHOUT_ADDRESS = Duration.ofMinutes(2);
    private static final Duration LONGEST_SHARED = Duration.ofSeconds(2);
    private static final Duration LOOK_AT_EVENTS_EVERY = Duration.ofSeconds(10);

    private final CloudApi cloud;
    private final TaggedClusterNodes fleet;
    private final ActivityHeartbeat.Starter heart;
    private final Clock clock;
    private final CoalescedRequest<List<DropletAction>> latest;
    private final AtomicInteger waiting = new AtomicInteger();

    DropletReadiness(CloudApi cloud, TaggedClusterNodes fleet, ActivityHeartbeat.Starter heart, Clock clock) {
        this.cloud = cloud;
        this.fleet = fleet;
        this.heart = heart;
        this.clock = clock;
        this.latest = new CoalescedRequest<>(clock, cloud::latestActions);
    }

    Node await(NodeRef node, DropletId id) {
        waiting.incrementAndGet();
        try (ActivityHeartbeat beat = heart.start()) {
            return await(new DropletWatch(node, id), beat);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private Node await(DropletWatch watch, ActivityHeartbeat beat) {
        PollBackoff backoff = new PollBackoff();
        Poll poll = Poll.every(() -> shared(backoff.get()), beat::pause);
        poll.pause();
        return poll.await(() -> watch.poll(poll.lastPause().dividedBy(2)), Optional::isPresent)
                .orElseThrow();
    }

    /** The more droplets are waited for, the longer, so that they share lists instead of asking for one each. */
    private Duration shared(Duration pause) {
        Duration longer = pause.multipliedBy(Math.max(1, waiting.get()));
        Duration most = pause.compareTo(LONGEST_SHARED) > 0 ? pause : LONGEST_SHARED;
        return longer.compareTo(most) > 0 ? most : longer;
    }

    private final class DropletWatch {
        private final NodeRef node;
        private final DropletId id;
        private boolean seen;
        private @Nullable Instant absent;
        private @Nullable Instant withoutAddress;
        private Instant eventsAsked = clock.instant();

        DropletWatch(NodeRef node, DropletId id) {
            this.node = node;
            this.id = id;
        }

        Optional<Node> poll(Duration age) {
            Optional<CloudDroplet> found = find(age);
            if (found.isEmpty()) {
                checkMissing();
                return Optional.empty();
            }
            seen = true;
            absent = null;
            if (deleteDuplicates(age)) {
                return Optional.empty();
            }
            CloudDroplet droplet = found.get();
            boolean due = clock.instant().isAfter(eventsAsked.plus(LOOK_AT_EVENTS_EVERY));
            if (!droplet.ready()) {
                if (due) {
                    created();
                }
                checkAddresses(droplet);
                return Optional.empty();
            }
            return created() ? TaggedClusterNodes.node(node, droplet) : Optional.empty();
        }

        private Optional<CloudDroplet> find(Duration age) {
            List<CloudDroplet> list = fleet.droplets(node.cluster(), age);
            Optional<CloudDroplet> listed =
                    list.stream().filter(droplet -> droplet.id() == id.value()).findFirst();
            // Its tags may be still to come, or it is gone; its own address knows.
            return listed.isPresent() ? listed : cloud.droplet(id.value());
        }

        /**
         * Whether the run has further droplets of this name, which are destroyed: a create whose answer was lost may have
         * been in no list yet when the next one was asked for.
         */
        private boolean deleteDuplicates(Duration age) {
            List<CloudDroplet> doubles = fleet.droplets(node.cluster(), age).stream()
                    .filter(droplet -> droplet.id() != id.value())
                    .filter(droplet ->
                            droplet.name().equals(node.name().value()) && DropletCreation.isOwn(droplet, node))
                    .toList();
            doubles.forEach(droplet -> DropletRemoval.runUnlessPending(() -> cloud.delete(droplet.id())));
            return !doubles.isEmpty();
        }

        private void checkMissing() {
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
            List<DropletAction> creations = creations();
            if (creations.stream().anyMatch(DropletAction::failed)) {
                throw refused("was not created: DigitalOcean's action says errored");
            }
            return creations.stream().noneMatch(DropletAction::underWay);
        }

        /** What ended stays so, however old the list is that all who wait share; who waits so long that others pushed it off that list asks alone. */
        private List<DropletAction> creations() {
            List<DropletAction> ended = shared(ClusterNodes.ONCE);
            if (!ended.isEmpty() && ended.stream().noneMatch(DropletAction::underWay)) {
                return ended;
            }
            List<DropletAction> now = shared(ClusterNodes.NOW);
            return now.isEmpty()
                    ? cloud.actions(id.value()).stream()
                            .filter(DropletAction::isCreation)
                            .toList()
                    : now;
        }

        private List<DropletAction> shared(Duration age) {
            return latest.asOf(age).stream()
                    .filter(event -> event.isCreation() && event.droplet() == id.value())
                    .toList();
        }

        private void checkAddresses(CloudDroplet droplet) {
            boolean lacks = droplet.is("active") && !droplet.locked();
            Instant now = clock.instant();
            withoutAddress = !lacks ? null : withoutAddress == null ? now : withoutAddress;
            if (withoutAddress != null && now.isAfter(withoutAddress.plus(LONGEST_WITHOUT_ADDRESS))) {
                throw refused("is active since %s and has no %s address, expected both"
                        .formatted(withoutAddress, droplet.privateAddress().isEmpty() ? "private" : "public"));
            }
        }

        private ApplicationFailure refused(String what) {
            return TypedFailures.of(FailureType.CLOUD_REFUSED, "Droplet %s of %s %s.".formatted(id, node.name(), what));
        }
    }
}
