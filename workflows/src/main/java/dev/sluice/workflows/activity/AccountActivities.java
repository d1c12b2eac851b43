package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.CloudAccount;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** The account at DigitalOcean and what the workers' token may do in it. Asks only. */
@ActivityInterface(namePrefix = "Account.")
public interface AccountActivities {
    /** What the account holds; what the token may not read is named in the answer. Fails with CLOUD_BUSY without an answer. */
    CloudAccount look();

    /**
     * Whether the token may do what a deployment does in that domain, asked with requests that cannot take effect: bodies
     * that are not valid, and ids that do not exist.
     */
    List<TokenScope> scopes(String domain);

    /** One permission, such as {@code droplet:create}; {@code says} holds DigitalOcean's words if it is not granted. */
    record TokenScope(String name, boolean granted, String says) {}
}
