package dev.sluice.lab.namespaces;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the provider adds to every machine's first boot.
 *
 * @param vendorData settings and scripts; the scripts run in cloud-init's last stage, when sshd answers already
 * @param configSeconds how long the stage before the last one lasts; on a real machine about 12
 * @param late text in the names of the machines for which it lasts so long; of the others it takes no time
 */
record ProviderData(String vendorData, int configSeconds, String late) {
    /**
     * As {@code SLUICE_LAB_VENDOR_DATA} (a file), {@code SLUICE_LAB_CONFIG_SECONDS} and {@code SLUICE_LAB_CONFIG_MACHINES}
     * say, else the lab's own data and 0.
     */
    static ProviderData of(Map<String, String> environment) throws IOException {
        String seconds = environment.getOrDefault("SLUICE_LAB_CONFIG_SECONDS", "0");
        if (!seconds.matches("[0-9]{1,3}")) {
            throw new IOException("SLUICE_LAB_CONFIG_SECONDS is \"%s\", expected 0 to 999.".formatted(seconds));
        }
        return new ProviderData(
                text(environment.getOrDefault("SLUICE_LAB_VENDOR_DATA", "")),
                Integer.parseInt(seconds),
                environment.getOrDefault("SLUICE_LAB_CONFIG_MACHINES", ""));
    }

    int configSecondsOf(String machine) {
        return machine.contains(late) ? configSeconds : 0;
    }

    private static String text(String file) throws IOException {
        if (!file.isEmpty()) {
            return Files.readString(Path.of(file));
        }
        try (InputStream own = LabDirectory.resource("vendor-data")) {
            return new String(own.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
