package dev.sluice.activities.secret;

import dev.sluice.workflows.model.cluster.SecretName;

/** The worker's secrets. */
public interface SecretStore {
    /** The secret's text; fails with SECRET_MISSING, which names it and where the worker looked. */
    String read(SecretName name);
}
