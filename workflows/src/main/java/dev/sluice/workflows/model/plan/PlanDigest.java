package dev.sluice.workflows.model.plan;

import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an approval is bound to: plan, template, cluster file and node names, as one digest. Each value is written with
 * its length, so that no two plans give the same text.
 */
public final class PlanDigest {
    private PlanDigest() {}

    /** SHA-256 of the plan as it was shown; the template is empty for a plan that clones nothing. */
    public static Sha256Digest of(ChangePlan plan, Optional<Template> template) {
        return new Sha256Digest(HexFormat.of().formatHex(sha256(text(plan, template))));
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
                        plan.nodes().toString(),
                        "template",
                        template.map(found -> found.image() + " " + found.manifest())
                                .orElse("none"),
                        "approval",
                        plan.approval().map(Object::toString).orElse("none"),
                        "without",
                        plan.withoutProxies().toString(),
                        "keep",
                        plan.keepFailed().map(Object::toString).orElse("none"),
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

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
