package dev.sluice.activities.cloud.api;

import java.util.List;
import java.util.Optional;

/**
 * The droplet that a create requests.
 *
 * @param image its ID, or a slug of the API
 * @param sshKeys fingerprints
 */
public record DropletRequest(
        String name,
        String region,
        String size,
        String image,
        Optional<String> vpc,
        List<String> sshKeys,
        List<String> tags,
        String userData) {
    public DropletRequest {
        sshKeys = List.copyOf(sshKeys);
        tags = List.copyOf(tags);
    }

    /** Omits the user data, which hold the key of first contact. */
    @Override
    public String toString() {
        return name;
    }
}
