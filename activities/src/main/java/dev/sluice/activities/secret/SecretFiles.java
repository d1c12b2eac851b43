package dev.sluice.activities.secret;

import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.SecretName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Secrets in a directory of the worker, one file each, with the secret's name. */
public final class SecretFiles implements Secrets {
    private final Path directory;

    public SecretFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public String text(SecretName name) {
        try {
            return Files.readString(directory.resolve(name.value()));
        } catch (IOException missing) {
            throw Failures.of(
                    FailureType.SECRET_MISSING,
                    "The worker has no secret '%s': it looked for the file %s (%s)."
                            .formatted(
                                    name,
                                    directory.resolve(name.value()),
                                    missing.getClass().getSimpleName()));
        }
    }
}
