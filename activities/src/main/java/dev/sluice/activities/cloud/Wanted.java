package dev.sluice.activities.cloud;

import java.util.List;
import java.util.Optional;

/**
 * A droplet to create.
 *
 * @param image its id, or a slug in the words of the API
 * @param sshKeys fingerprints
 */
record Wanted(
        String name,
        String region,
        String size,
        String image,
        Optional<String> vpc,
        List<String> sshKeys,
        List<String> tags,
        String userData) {
    Wanted {
        sshKeys = List.copyOf(sshKeys);
        tags = List.copyOf(tags);
    }

    /** Without its user data, which holds the key of first contact. */
    @Override
    public String toString() {
        return name;
    }
}
