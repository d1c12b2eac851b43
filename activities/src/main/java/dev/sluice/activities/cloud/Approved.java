package dev.sluice.activities.cloud;

import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.Approval;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.Template;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Templates: snapshots whose tags say for which cluster and role they are, what is in them and who released them. */
final class Approved {
    private final Cloud cloud;

    Approved(Cloud cloud) {
        this.cloud = cloud;
    }

    /** The cluster's templates, newest first. */
    List<Template> list(ClusterName cluster) {
        return cloud.imagesTagged(Tags.cluster(cluster)).stream()
                .flatMap(image -> template(image).stream())
                .filter(template -> template.cluster().equals(cluster))
                .sorted(Comparator.comparing(Template::created)
                        .thenComparing(Template::image)
                        .reversed())
                .toList();
    }

    Template approve(ClusterName cluster, long id, Approval approval) {
        Template template = of(cluster, id);
        if (template.approval().isPresent()) {
            return template;
        }
        // The name comes last: it alone makes the approval count.
        mark(id, Tags.APPROVED_AT + approval.at().getEpochSecond());
        mark(id, Tags.APPROVED_REASON + Tags.encode(approval.reason()));
        mark(id, Tags.APPROVED_BY + Tags.encode(approval.by()));
        return of(cluster, id);
    }

    private Template of(ClusterName cluster, long id) {
        return cloud.image(id)
                .flatMap(Approved::template)
                .filter(found -> found.cluster().equals(cluster))
                .orElseThrow(() -> Failures.of(
                        FailureType.TEMPLATE_REFUSED,
                        "Cluster %s has no template with the id %d; sluice templates %s lists those it has."
                                .formatted(cluster, id, cluster)));
    }

    /** Puts what it is on a snapshot; the manifest last, since without it an image is no template. */
    Template mark(Image image, ClusterName cluster, Role role, Digest manifest) {
        List.of(Tags.SLUICE, Tags.cluster(cluster), Tags.role(role), Tags.MANIFEST + manifest).stream()
                .filter(tag -> !image.tags().contains(tag))
                .forEach(tag -> mark(image.id(), tag));
        return new Template(
                image.id(),
                image.name(),
                cluster,
                role,
                manifest,
                approval(image.tags()),
                image.created(),
                image.minimumDisk(),
                image.regions());
    }

    private void mark(long image, String tag) {
        cloud.tag(tag, Cloud.Kind.IMAGE, List.of(image));
    }

    static Optional<Template> template(Image image) {
        Optional<ClusterName> cluster = Tags.clusterOf(image.tags());
        Optional<Role> role = Tags.roleOf(image.tags());
        Optional<Digest> manifest = Tags.value(image.tags(), Tags.MANIFEST)
                .filter(hex -> hex.matches("[0-9a-f]{64}"))
                .map(Digest::new);
        if (!image.tags().contains(Tags.SLUICE) || cluster.isEmpty() || role.isEmpty() || manifest.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Template(
                image.id(),
                image.name(),
                cluster.get(),
                role.get(),
                manifest.get(),
                approval(image.tags()),
                image.created(),
                image.minimumDisk(),
                image.regions()));
    }

    private static Optional<Approval> approval(List<String> tags) {
        Instant at = Tags.value(tags, Tags.APPROVED_AT)
                .filter(seconds -> seconds.matches("[0-9]{1,11}"))
                .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)))
                .orElse(Instant.EPOCH);
        String reason = Tags.value(tags, Tags.APPROVED_REASON).map(Tags::decode).orElse("");
        return Tags.value(tags, Tags.APPROVED_BY)
                .map(Tags::decode)
                .filter(by -> !by.isBlank())
                .map(by -> new Approval(by, at, reason));
    }
}
