package dev.sluice.starter.init;

import java.util.List;
import java.util.Optional;

/** The values of a first cluster file; each component has the name of its key. */
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
