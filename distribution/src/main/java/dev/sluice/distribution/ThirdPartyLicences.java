package dev.sluice.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.StreamSupport;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;

/** Writes the licence of each jar in the tarball: the jar's own texts and notices, else the licence's constant text. */
final class ThirdPartyLicences {
    /** Minimum length of a licence text in bytes: MIT's has a thousand. A shorter text only refers to the licence. */
    private static final int SHORTEST = 1000;

    private final Path billOfMaterials;
    private final Path jars;
    private final LicenceText texts = new LicenceText();

    ThirdPartyLicences(Path billOfMaterials, Path jars) throws IOException {
        this.billOfMaterials = billOfMaterials;
        this.jars = jars;
    }

    /** Writes the licences; fails with the names of all components whose licence or licence text is unknown. */
    void writeTo(Path folder) throws IOException {
        TreeSet<String> lines = new TreeSet<>();
        List<String> unknown = new ArrayList<>();
        for (JsonNode component : components()) {
            requireThisBuild(component);
            List<String> licences = licences(component.path("licenses"));
            lines.add("%-90s %s".formatted(name(component), String.join(", ", licences)));
            if (!writeTexts(component, licences, folder)) {
                unknown.add(name(component));
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(
                    "The licence or the copyright holder of these components is unknown, so they cannot be distributed: "
                            + unknown);
        }
        Files.writeString(
                folder.resolve("README.txt"),
                "The components and their licences. Each directory contains the texts of one jar.\n\n"
                        + String.join("\n", lines) + "\n");
    }

    private JsonNode components() throws IOException {
        if (Files.notExists(billOfMaterials)) {
            throw new IllegalStateException(
                    "%s is missing.  Build without -o, because Maven does not run CycloneDX's plugin offline."
                            .formatted(billOfMaterials));
        }
        return new ObjectMapper().readTree(billOfMaterials.toFile()).path("components");
    }

    private static String name(JsonNode component) {
        return "%s:%s:%s"
                .formatted(
                        component.path("group").asText(),
                        component.path("name").asText(),
                        component.path("version").asText());
    }

    private Path jar(JsonNode component) {
        return jars.resolve("%s-%s.jar"
                .formatted(
                        component.path("name").asText(),
                        component.path("version").asText()));
    }

    /** Fails if the bill of materials is of an older build: with -o Maven skips CycloneDX's plugin silently. */
    private void requireThisBuild(JsonNode component) throws IOException {
        Path jar = jar(component);
        String digest = new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(jar);
        boolean named = StreamSupport.stream(component.path("hashes").spliterator(), false)
                .anyMatch(hash -> hash.path("content").asText().equals(digest));
        if (!named) {
            throw new IllegalStateException(
                    "%s is not of this build: its hash of %s differs.  Build without -o, because Maven does not run CycloneDX's plugin offline."
                            .formatted(billOfMaterials, jar.getFileName()));
        }
    }

    private static List<String> licences(JsonNode licences) {
        return StreamSupport.stream(licences.spliterator(), false)
                .map(each -> each.has("expression")
                        ? each.path("expression").asText()
                        : each.path("license")
                                .path("id")
                                .asText(each.path("license").path("name").asText()))
                .toList();
    }

    /** Writes the jar's own texts, or the constant texts if it contains no licence; returns whether a licence was written. */
    private boolean writeTexts(JsonNode component, List<String> licences, Path folder) throws IOException {
        Path jar = jar(component);
        Path own = Files.createDirectories(
                folder.resolve(jar.getFileName().toString().replaceFirst("\\.jar$", "")));
        boolean carried = copyTexts(jar, own);
        for (String licence : carried ? List.<String>of() : licences) {
            Optional<String> text = texts.find(component.path("name").asText(), licence);
            if (text.isEmpty()) {
                return false;
            }
            Files.writeString(own.resolve("LICENSE-%s.txt".formatted(licence)), text.get());
        }
        return carried || !licences.isEmpty();
    }

    /** Copies the jar's own texts; returns whether a full licence is among them. */
    private static boolean copyTexts(Path jar, Path folder) throws IOException {
        boolean licence = false;
        try (JarFile archive = new JarFile(jar.toFile())) {
            for (JarEntry entry :
                    archive.stream().filter(ThirdPartyLicences::isLicenceText).toList()) {
                String name = entry.getName().replaceFirst("^META-INF/", "").replace('/', '-');
                try (InputStream text = archive.getInputStream(entry)) {
                    Files.write(folder.resolve(name), text.readAllBytes());
                }
                boolean notice = name.toLowerCase(Locale.ROOT).contains("notice");
                licence |= !notice && entry.getSize() >= SHORTEST;
            }
        }
        return licence;
    }

    /** Matches LICENSE, META-INF/NOTICE.txt or META-INF/license/LICENSE.base64.txt, but no class of such a name. */
    private static boolean isLicenceText(JarEntry entry) {
        String name = entry.getName().toLowerCase(Locale.ROOT);
        return !entry.isDirectory()
                && name.matches("(meta-inf/)?([^/]*/)?[^/]*(licen[sc]e|notice|copying)[^/]*")
                && !name.matches(".*\\.(class|java|html?)");
    }
}
