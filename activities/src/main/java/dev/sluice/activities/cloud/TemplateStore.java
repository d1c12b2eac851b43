package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.CloudImage;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lists, tags and approves templates: snapshots whose tags hold cluster, role, manifest and approval. */
final class TemplateStore {
    private final CloudApi cloud;

    TemplateStore(CloudApi cloud) {
        this.cloud = cloud;
    }

    /** The cluster's templates, newest first. */
    List<Template> list(ClusterName cluster) {
        return cloud.imagesTagged(SluiceTags.cluster(cluster)).stream()
                .flatMap(image -> template(image).stream())
                .filter(template -> template.cluster().equals(cluster))
                .sorted(Comparator.comparing(Template::created)
                        .thenComparing(Template::image)
                        .reversed())
                .toList();
    }

    Template approve(ClusterName cluster, long id, Approval approval) {
        Template template = require(cluster, id);
        if (template.approval().isPresent()) {
            return template;
        }
        // The name comes last: only with it is the approval valid.
        mark(id, SluiceTags.APPROVED_AT + approval.at().getEpochSecond());
        mark(id, SluiceTags.APPROVED_REASON + SluiceTags.encode(approval.reason()));
        mark(id, SluiceTags.APPROVED_BY + SluiceTags.encode(approval.by()));
        return require(cluster, id);
    }

    private Template require(ClusterName cluster, long id) {
        return cloud.image(id)
                .flatMap(TemplateStore::template)
                .filter(found -> found.cluster().equals(cluster))
                .orElseThrow(() -> TypedFailures.of(
                        FailureType.TEMPLATE_REFUSED,
                        "Cluster %s has no template with the ID %d. See: sluice template list".formatted(cluster, id)));
    }

    /** Tags a snapshot as a template; the manifest comes last, since an image without it is no template. */
    Template tagAsTemplate(CloudImage image, ClusterName cluster, Role role, Sha256Digest manifest) {
        List.of(SluiceTags.SLUICE, SluiceTags.cluster(cluster), SluiceTags.role(role), SluiceTags.MANIFEST + manifest)
                .stream()
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
        cloud.tag(tag, CloudApi.ResourceKind.IMAGE, List.of(image));
    }

    static Optional<Template> template(CloudImage image) {
        Optional<ClusterName> cluster = SluiceTags.clusterOf(image.tags());
        Optional<Role> role = SluiceTags.roleOf(image.tags());
        Optional<Sha256Digest> manifest = SluiceTags.value(image.tags(), SluiceTags.MANIFEST)
                .filter(hex -> hex.matches("[0-9a-f]{64}"))
                .map(Sha256Digest::new);
        if (!image.tags().contains(SluiceTags.SLUICE) || cluster.isEmpty() || role.isEmpty() || manifest.isEmpty()) {
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
        Instant at = SluiceTags.value(tags, SluiceTags.APPROVED_AT)
                .filter(seconds -> seconds.matches("[0-9]{1,11}"))
                .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)))
                .orElse(Instant.EPOCH);
        String reason = SluiceTags.value(tags, SluiceTags.APPROVED_REASON)
                .map(SluiceTags::decode)
                .orElse("");
        return SluiceTags.value(tags, SluiceTags.APPROVED_BY)
                .map(SluiceTags::decode)
                .filter(by -> !by.isBlank())
                .map(by -> new Approval(by, at, reason));
    }
}
