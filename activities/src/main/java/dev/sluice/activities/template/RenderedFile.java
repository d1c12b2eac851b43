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

    /** The mode in the cluster file; 0600 for a secret. */
    public String mode() {
        return file.secret().isPresent() ? "0600" : file.mode();
    }

    /** The lines of a payload for this file; no word is empty. */
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
