package dev.sluice.activities.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Constant scripts, kept as resources beside the class that runs them. */
public final class ScriptResources {
    private ScriptResources() {}

    /** The text of a resource in the package of that class. */
    public static String read(Class<?> beside, String name) {
        try (InputStream script = beside.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalArgumentException("There is no script %s beside %s".formatted(name, beside.getName()));
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
