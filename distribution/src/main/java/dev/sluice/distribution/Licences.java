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
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;

/** Under which licence each jar inside is, and the licences' and notices' own texts as far as the jars carry them. */
final class Licences {
    private final Path billOfMaterials;
    private final Path jars;

    Licences(Path billOfMaterials, Path jars) {
        this.billOfMaterials = billOfMaterials;
        this.jars = jars;
    }

    /** Writes them; fails with the names of all components whose licence nobody says. */
    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("README.txt"), list());
        try (Stream<Path> files = Files.list(jars)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                copyTexts(jar, folder);
            }
        }
    }

    private String list() throws IOException {
        if (Files.notExists(billOfMaterials)) {
            throw new IllegalStateException(
                    "%s is missing.  Build without -o, since Maven does not run CycloneDX's plugin offline."
                            .formatted(billOfMaterials));
        }
        TreeSet<String> lines = new TreeSet<>();
        List<String> unknown = new ArrayList<>();
        for (JsonNode component :
                new ObjectMapper().readTree(billOfMaterials.toFile()).path("components")) {
            String name = "%s:%s:%s"
                    .formatted(
                            component.path("group").asText(),
                            component.path("name").asText(),
                            component.path("version").asText());
            isOfThisBuild(component);
            String licence = licence(component.path("licenses"));
            lines.add("%-90s %s".formatted(name, licence));
            if (licence.isEmpty()) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(
                    "Nobody says under which licence these are, so they cannot be given away: " + unknown);
        }
        return "What is inside, and under which licences. Each folder holds the texts that one jar carries; some carry none.\n\n"
                + String.join("\n", lines) + "\n";
    }

    /** Maven leaves CycloneDX's plugin out, without a word, when it runs with -o: what is there may be an older build's. */
    private void isOfThisBuild(JsonNode component) throws IOException {
        Path jar = jars.resolve("%s-%s.jar"
                .formatted(
                        component.path("name").asText(),
                        component.path("version").asText()));
        String digest = new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(jar);
        boolean named = StreamSupport.stream(component.path("hashes").spliterator(), false)
                .anyMatch(hash -> hash.path("content").asText().equals(digest));
        if (!named) {
            throw new IllegalStateException(
                    "%s is not of this build: its hash of %s is another one.  Build without -o, since Maven does not run CycloneDX's plugin offline."
                            .formatted(billOfMaterials, jar.getFileName()));
        }
    }

    private static String licence(JsonNode licences) {
        return StreamSupport.stream(licences.spliterator(), false)
                .map(each -> each.has("expression")
                        ? each.path("expression").asText()
                        : each.path("license")
                                .path("id")
                                .asText(each.path("license").path("name").asText()))
                .collect(Collectors.joining(", "));
    }

    private static void copyTexts(Path jar, Path folder) throws IOException {
        try (JarFile archive = new JarFile(jar.toFile())) {
            for (JarEntry entry :
                    archive.stream().filter(Licences::isLicenceText).toList()) {
                Path target = folder.resolve(jar.getFileName().toString().replaceFirst("\\.jar$", ""))
                        .resolve(entry.getName().replaceFirst("^META-INF/", "").replace('/', '-'));
                Files.createDirectories(target.getParent());
                try (InputStream text = archive.getInputStream(entry)) {
                    Files.write(target, text.readAllBytes());
                }
            }
        }
    }

    /** Such as LICENSE, META-INF/NOTICE.txt or META-INF/license/LICENSE.base64.txt, but no class of that name. */
    private static boolean isLicenceText(JarEntry entry) {
        String name = entry.getName().toLowerCase(Locale.ROOT);
        return !entry.isDirectory()
                && name.matches("(meta-inf/)?([^/]*/)?[^/]*(licen[sc]e|notice|copying)[^/]*")
                && !name.matches(".*\\.(class|java|html?)");
    }
}
