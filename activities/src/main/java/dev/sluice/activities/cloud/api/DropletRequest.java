package dev.sluice.activities.cloud.api;

import java.util.List;
import java.util.Optional;

/**
 * A droplet to create.
 *
 * @param image its id, or a slug in the words of the API
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

    /** Without its user data, which holds the key of first contact. */
    @Override
    public String toString() {
        return name;
    }
}
