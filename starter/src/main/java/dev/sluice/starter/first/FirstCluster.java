package dev.sluice.starter.first;

import java.util.List;
import java.util.Optional;

/** What has to be known to write a first cluster file; each part is called as its key there. */
public record FirstCluster(
        String cluster,
        String domain,
        String service,
        String region,
        String size,
        Optional<String> vpc,
        List<String> sshKeys) {
    public FirstCluster {
        sshKeys = List.copyOf(sshKeys);
    }
}
