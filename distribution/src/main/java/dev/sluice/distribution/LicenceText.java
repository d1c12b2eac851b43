package dev.sluice.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** Finds the licence text for a jar that contains none: the licence's constant text, after the copyright holder. */
final class LicenceText {
    /** Licences whose text begins with the copyright holder. */
    private static final Set<String> NAMING = Set.of("MIT", "BSD-3-Clause");

    private final Properties holders = new Properties();

    LicenceText() throws IOException {
        try (InputStream file = LicenceText.class.getResourceAsStream("licences/holders.properties")) {
            holders.load(file);
        }
    }

    /** Returns the text of the licence with that SPDX ID; empty if the text or the required copyright holder is unknown. */
    Optional<String> find(String artifact, String id) throws IOException {
        Optional<String> text = constant(id);
        if (!NAMING.contains(id)) {
            return text;
        }
        String holder = holders.getProperty(artifact, "");
        return holder.isEmpty() ? Optional.empty() : text.map(licence -> holder + "\n\n" + licence);
    }

    private static Optional<String> constant(String id) throws IOException {
        try (InputStream text = LicenceText.class.getResourceAsStream("licences/%s.txt".formatted(id))) {
            return text == null
                    ? Optional.empty()
                    : Optional.of(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
