package dev.sluice.workflows.model.plan;

import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan.ApprovalTerms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Computes the digest that an approval names: of plan, template, cluster file and node names. Each value is written with
 * its length, so that no two plans have the same text.
 */
public final class PlanDigest {
    private PlanDigest() {}

    /** Returns the SHA-256 of the plan as it was shown; the template is empty for a plan that clones nothing. */
    public static Sha256Digest of(ChangePlan plan, Optional<Template> template) {
        return Sha256Digest.of(text(plan, template));
    }

    private static String text(ChangePlan plan, Optional<Template> template) {
        return List.of(
                        "cluster",
                        plan.file().name().value(),
                        "file",
                        plan.file().digest().value(),
                        "role",
                        plan.role().word(),
                        "kind",
                        plan.kind().name(),
                        "nodes",
                        names(plan.nodes()),
                        "template",
                        template.map(found -> found.image() + " " + found.manifest())
                                .orElse("none"),
                        "approval",
                        plan.approval().map(PlanDigest::terms).orElse("none"),
                        "without",
                        names(plan.withoutProxies()),
                        "keep",
                        plan.keepFailed().map(Duration::toString).orElse("none")
                                + plan.drain().map(limit -> ", drain " + limit).orElse(""),
                        "accept config",
                        Boolean.toString(plan.acceptConfig()),
                        "by",
                        plan.by(),
                        "reason",
                        plan.reason(),
                        "asked",
                        plan.asked().toString())
                .stream()
                .map(value -> value.length() + ":" + value)
                .collect(Collectors.joining("\n"));
    }

    private static String names(List<NodeName> names) {
        return names.stream().map(NodeName::value).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Spelled out, since an approval outlives a rename of the record and its components. */
    private static String terms(ApprovalTerms terms) {
        return "ApprovalTerms[afterGate=%s, until=%s]".formatted(terms.afterGate(), terms.until());
    }
}
