package dev.sluice.activities.secret;

import dev.sluice.workflows.model.SecretName;

/** The worker's secrets. */
public interface Secrets {
    /** The secret's text; fails with SECRET_MISSING, which names it and where the worker looked. */
    String text(SecretName name);
}
