package dev.sluice.activities.secret;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.SecretName;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads secrets from a directory of the worker: one file for each, with the secret's name. */
public final class SecretFiles implements SecretStore {
    private final Path directory;

    public SecretFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public String read(SecretName name) {
        try {
            return Files.readString(directory.resolve(name.value()));
        } catch (IOException missing) {
            throw TypedFailures.of(
                    FailureType.SECRET_MISSING,
                    "The worker has no secret '%s': the file %s cannot be read (%s)"
                            .formatted(
                                    name,
                                    directory.resolve(name.value()),
                                    missing.getClass().getSimpleName()));
        }
    }
}
