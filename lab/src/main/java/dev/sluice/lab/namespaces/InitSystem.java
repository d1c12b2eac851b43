package dev.sluice.lab.namespaces;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the machines' PID 1 is: a stand-in that does what Sluice asks of systemd, or systemd itself. */
enum InitSystem {
    STAND_IN,
    SYSTEMD;

    private static final Path GROUPS = Path.of("/sys/fs/cgroup/systemd");

    /** What {@code SLUICE_LAB_INIT} names; without it the stand-in, which needs no root. */
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
                    "SLUICE_LAB_INIT=systemd needs root and the control groups in %s (version 1), which systemd on the machines gets a part of. Leave it out."
                            .formatted(GROUPS));
        }
        return SYSTEMD;
    }

    /** The name that the scripts know it by. */
    String word() {
        return this == SYSTEMD ? "systemd" : "stand-in";
    }
}
