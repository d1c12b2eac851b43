package dev.sluice.starter.init;

import java.util.List;
import java.util.Optional;

/** What has to be known to write a first cluster file; each part is called as its key there. */
record InitValues(
        String cluster,
        String domain,
        String service,
        String region,
        String size,
        Optional<String> vpc,
        List<String> sshKeys) {
    public InitValues {
        sshKeys = List.copyOf(sshKeys);
    }
}
