package dev.sluice.activities.template;

import dev.sluice.workflows.model.cluster.NodeFile;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A file as it must be on the node. */
public record RenderedFile(NodeFile file, String content) {
    public RenderedFile {
        if (file.path().matches(".*\\s.*") || !file.owner().matches("[a-z_][a-z0-9_-]*:[a-z_][a-z0-9_-]*")) {
            throw new IllegalArgumentException(
                    "The file '%s' of '%s' needs a path without blanks and an owner such as root:root"
                            .formatted(file.path(), file.owner()));
        }
    }

    public String digest() {
        return Sha256Digest.of(content).value();
    }

    /** A secret is for its owner alone, whatever the cluster file says. */
    public String mode() {
        return file.secret().isPresent() ? "0600" : file.mode();
    }

    /** The lines of a payload that bring it; never empty in any word. */
    public String lines() {
        String text = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        String secret = file.secret().isPresent() ? "secret " + file.path() + "\n" : "";
        return secret
                + "file %s %s %s %s %s\n"
                        .formatted(mode(), file.owner(), digest(), text.isEmpty() ? "-" : text, file.path());
    }

    @Override
    public String toString() {
        return file.path();
    }
}
