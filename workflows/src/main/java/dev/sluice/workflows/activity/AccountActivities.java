package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.CloudAccount;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** The DigitalOcean account and the permissions of the workers' token. Changes nothing. */
@ActivityInterface(namePrefix = "Account.")
public interface AccountActivities {
    /** Returns the account's contents, and the parts that the token may not read. Fails with CLOUD_BUSY. */
    CloudAccount look();

    /**
     * Returns whether the token has each permission of a deployment in that domain. The requests cannot take effect:
     * their bodies are invalid, or their IDs do not exist.
     */
    List<TokenScope> scopes(String domain);

    /** One permission, such as {@code droplet:create}; {@code says} is DigitalOcean's message if it is not granted. */
    record TokenScope(String name, boolean granted, String says) {}
}
