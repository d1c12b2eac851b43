package dev.sluice.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** The licence of a jar that carries no text of its own: the licence's constant text, after the one who holds the rights. */
final class LicenceText {
    /** Their text begins with who holds the rights; the others name nobody. */
    private static final Set<String> NAMING = Set.of("MIT", "BSD-3-Clause");

    private final Properties holders = new Properties();

    LicenceText() throws IOException {
        try (InputStream named = LicenceText.class.getResourceAsStream("licences/holders.properties")) {
            holders.load(named);
        }
    }

    /** Of an artifact under the licence with that SPDX id; empty if there is no such text, or nobody is known to hold the rights. */
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
