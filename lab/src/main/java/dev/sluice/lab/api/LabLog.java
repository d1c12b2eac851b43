package dev.sluice.lab.api;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The lab's own log messages. */
public final class LabLog {
    private static final System.Logger LOGGER = System.getLogger("dev.sluice.lab");

    private LabLog() {}

    public static void unknown(String method, String path) {
        LOGGER.log(
                Level.WARNING, "The lab has no operation {0} {1}; lab/README.md lists its operations.", method, path);
    }

    public static void notRepaired(String fault, String why) {
        LOGGER.log(Level.WARNING, "The fault {0} has ended, but not on every machine: {1}", fault, why);
    }

    public static void failure(String what, @Nullable Exception failure) {
        if (failure != null) {
            LOGGER.log(Level.WARNING, "The lab could not %s.".formatted(what), failure);
        }
    }
}
