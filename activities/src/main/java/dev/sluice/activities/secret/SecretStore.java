package dev.sluice.activities.secret;

import dev.sluice.workflows.model.cluster.SecretName;

/** Reads the worker's secrets. */
public interface SecretStore {
    /** Returns the secret's text; fails with SECRET_MISSING, which names the secret and the file. */
    String read(SecretName name);
}
