package dev.sluice.workflows.model.cluster;

import java.util.Optional;

/**
 * A file that a node has: either a file template that is rendered for the node, or a secret of the workers.
 *
 * @param path absolute path on the node
 * @param owner such as {@code root:root}
 * @param mode in octal, such as {@code 0644}; a secret's is 0600
 * @param template text in the Velocity language
 * @param secret whose content the worker writes
 */
public record NodeFile(String path, String owner, String mode, Optional<String> template, Optional<SecretName> secret) {
    public NodeFile {
        if (!path.startsWith("/") || path.contains("/../")) {
            throw new IllegalArgumentException("'%s' is not an absolute path".formatted(path));
        }
        if (!mode.matches("0[0-7]{3}")) {
            throw new IllegalArgumentException("'%s' is not a file mode such as 0644".formatted(mode));
        }
        if (template.isPresent() == secret.isPresent()) {
            throw new IllegalArgumentException("%s needs either a template or a secret".formatted(path));
        }
    }
}
