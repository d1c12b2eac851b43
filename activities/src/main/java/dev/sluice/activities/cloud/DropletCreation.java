package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.api.AccountCatalog;
import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.api.CloudDroplet;
import dev.sluice.activities.cloud.api.DropletRequest;
import dev.sluice.workflows.activity.CloudActivities.NoDropletCreated;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Creates one droplet with one request. Looks it up by name before the request, and on a retry after it as well. */
final class DropletCreation {
    /** The hard deadline of the one request; the step itself may take 6.5 s. */
    private static final Duration LONGEST_REQUEST = Duration.ofMillis(4_500);

    private static final Duration STEP = Duration.ofSeconds(6);
    private static final Duration LEAST = Duration.ofSeconds(3);
    /** DigitalOcean attaches tags after the creation; a droplet without tags for that long was not created by Sluice. */
    private static final Duration TAGS_COME_WITHIN = Duration.ofMinutes(2);

    private final CloudApi cloud;
    private final AccountCatalog catalog;
    private final Clock clock;

    DropletCreation(CloudApi cloud, AccountCatalog catalog, Clock clock) {
        this.cloud = cloud;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Creates the droplet of the node, or returns the one that an earlier attempt created. */
    DropletId create(NodeRef node, DropletRequest wanted, boolean again) {
        Instant began = clock.instant();
        DropletRequest complete = withFingerprints(wanted);
        Optional<CloudDroplet> there = own(node, Optional.empty());
        if (there.isPresent()) {
            requireAsRequested(there.get(), wanted);
            return new DropletId(there.get().id());
        }
        long made = request(node, complete, limit(node, began), again);
        return new DropletId(again ? oldest(node, made) : made);
    }

    /** An earlier request that timed out may have taken effect meanwhile. */
    private long oldest(NodeRef node, long made) {
        return own(node, Optional.of(made)).map(CloudDroplet::id).orElse(made);
    }

    private long request(NodeRef node, DropletRequest wanted, Duration limit, boolean again) {
        try {
            return cloud.create(wanted, limit);
        } catch (CloudApiException answered) {
            CloudApiException failure = named(answered, wanted);
            throw again || !failure.isRefusal()
                    ? failure
                    : TypedFailures.withDetails(new NoDropletCreated(node.name()), failure.toApplicationFailure());
        }
    }

    /** DigitalOcean's refusals say which of the words is wrong, but not the word. */
    private static CloudApiException named(CloudApiException failure, DropletRequest wanted) {
        return failure.kind() == CloudApiException.FailureKind.REFUSED
                ? new CloudApiException(
                        failure.kind(),
                        "%s; asked for: image '%s', size '%s', region '%s'%s"
                                .formatted(
                                        failure.getMessage(),
                                        wanted.image(),
                                        wanted.size(),
                                        wanted.region(),
                                        wanted.vpc()
                                                .map(", VPC '%s'"::formatted)
                                                .orElse("")),
                        null,
                        failure)
                : failure;
    }

    private Duration limit(NodeRef node, Instant began) {
        Duration left = Duration.between(clock.instant(), began.plus(STEP));
        if (left.compareTo(LEAST) < 0) {
            throw TypedFailures.of(
                    FailureType.CLOUD_BUSY,
                    "DigitalOcean took too long to list droplets named %s; none was created yet"
                            .formatted(node.name()));
        }
        return left.compareTo(LONGEST_REQUEST) < 0 ? left : LONGEST_REQUEST;
    }

    /** Finds the droplet of this run and deletes duplicates; fails if another run or owner uses the name. */
    private Optional<CloudDroplet> own(NodeRef node, Optional<Long> made) {
        List<CloudDroplet> own = new ArrayList<>();
        for (CloudDroplet droplet : cloud.findByName(node.name().value())) {
            if (made.filter(id -> id == droplet.id()).isPresent() || isOwn(droplet, node)) {
                own.add(droplet);
            } else {
                throw foreign(node, droplet);
            }
        }
        own.sort(Comparator.comparingLong(CloudDroplet::id));
        own.stream().skip(1).forEach(more -> cloud.delete(more.id()));
        return own.stream().findFirst();
    }

    /** Fails if a manual change has resized or rebuilt the droplet of an earlier attempt. */
    private static void requireAsRequested(CloudDroplet there, DropletRequest wanted) {
        List<String> wrong = new ArrayList<>();
        differs("size", there.size(), wanted.size(), wrong);
        differs("region", there.region(), wanted.region(), wrong);
        if (!there.image().contains(wanted.image())) {
            wrong.add("is of image %s, expected %s".formatted(String.join("/", there.image()), wanted.image()));
        }
        if (!wrong.isEmpty()) {
            throw TypedFailures.of(
                    FailureType.CLOUD_REFUSED,
                    "Droplet %d is named %s and %s; the run removes it"
                            .formatted(there.id(), there.name(), String.join(", ", wrong)));
        }
    }

    private static void differs(String what, String is, String expected, List<String> wrong) {
        if (!is.equals(expected)) {
            wrong.add("has %s %s, expected %s".formatted(what, is, expected));
        }
    }

    static boolean isOwn(CloudDroplet droplet, NodeRef node) {
        return droplet.tags().contains(SluiceTags.SLUICE) && droplet.tags().contains(SluiceTags.run(node));
    }

    /** Whether it may belong to this run, because its tags are not attached yet. */
    boolean mayBecomeOwn(CloudDroplet droplet) {
        return droplet.tags().isEmpty()
                && clock.instant().isBefore(droplet.created().plus(TAGS_COME_WITHIN));
    }

    private RuntimeException foreign(NodeRef node, CloudDroplet droplet) {
        if (mayBecomeOwn(droplet)) {
            return TypedFailures.of(
                    FailureType.CLOUD_UNCLEAR,
                    "Droplet %d is named %s and has no tags yet; Sluice retries to find its owner"
                            .formatted(droplet.id(), node.name()));
        }
        String owner = SluiceTags.value(droplet.tags(), SluiceTags.RUN)
                .map(run -> "belongs to run " + run)
                .orElse("was not created by Sluice");
        return TypedFailures.of(
                FailureType.CLOUD_REFUSED,
                "Droplet %d is already named %s and %s, expected run %s; destroy it or choose another name"
                        .formatted(droplet.id(), node.name(), owner, node.run()));
    }

    private DropletRequest withFingerprints(DropletRequest wanted) {
        return new DropletRequest(
                wanted.name(),
                wanted.region(),
                wanted.size(),
                wanted.image(),
                wanted.vpc(),
                wanted.sshKeys().stream().map(this::fingerprint).toList(),
                wanted.tags(),
                wanted.userData());
    }

    private String fingerprint(String key) {
        return catalog.keys().stream()
                .filter(known -> known.name().equals(key) || known.fingerprint().equals(key))
                .map(AccountCatalog.SshKey::fingerprint)
                .findFirst()
                .orElseThrow(() -> TypedFailures.of(
                        FailureType.PLAN_INVALID, "The account has no SSH key named '%s'".formatted(key)));
    }
}
