package dev.sluice.lab.namespaces;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The machines' PID 1: a stand-in with the parts of systemd that Sluice needs, or systemd itself. */
enum InitSystem {
    STAND_IN,
    SYSTEMD;

    private static final Path GROUPS = Path.of("/sys/fs/cgroup/systemd");

    /** Returns what {@code SLUICE_LAB_INIT} names; the default is the stand-in, which needs no root. */
    static InitSystem of(Map<String, String> environment) {
        String name = environment.getOrDefault("SLUICE_LAB_INIT", "");
        if (name.isEmpty() || name.equals("stand-in")) {
            return STAND_IN;
        }
        if (!name.equals("systemd")) {
            throw new IllegalArgumentException("SLUICE_LAB_INIT is \"" + name + "\", but must be stand-in or systemd.");
        }
        if (!LabDirectory.isRoot() || !Files.isWritable(GROUPS)) {
            throw new IllegalArgumentException(
                    "SLUICE_LAB_INIT=systemd needs root and control groups of version 1 in %s. Unset it to use the stand-in."
                            .formatted(GROUPS));
        }
        return SYSTEMD;
    }

    /** Its name in the scripts. */
    String word() {
        return this == SYSTEMD ? "systemd" : "stand-in";
    }
}
