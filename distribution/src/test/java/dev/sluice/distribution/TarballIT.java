package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarballIT {
    private static final Path HOME = InstalledTarball.home();

    @TempDir
    Path empty = Path.of("");

    @Test
    void theCommandLineNeedsOnlyJavaAndRunsThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(empty.resolve("sluice"), HOME.resolve("bin/sluice"));

        ProcessRunner.ProcessOutcome version = ProcessRunner.run(link.toString(), "--version");

        assertThat(version.said()).isEqualTo("sluice " + System.getProperty("sluice.version") + "\n");
        assertThat(version.exit()).isZero();
    }

    @Test
    void theWorkerNeedsOnlyJavaAndNamesMissingSettings() {
        ProcessRunner.ProcessOutcome worker =
                ProcessRunner.run(HOME.resolve("bin/sluice").toString(), "worker");

        assertThat(worker.exit()).as(worker.said()).isEqualTo(2);
        assertThat(worker.said())
                .startsWith("The worker's settings are not valid (5 errors)")
                .contains("SLUICE_DO_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sluice", "sluice-worker"})
    void reportsAMissingOrOldJava(String program) throws IOException {
        Path java = Files.createDirectories(empty.resolve("old/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho started\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(empty.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");

        ProcessRunner.ProcessOutcome old = with(program, empty.resolve("old"));
        ProcessRunner.ProcessOutcome missing = with(program, empty.resolve("nowhere"));

        assertThat(old).isEqualTo(new ProcessRunner.ProcessOutcome(2, """
                        Sluice needs Java 17 or newer, and %s is Java 11.  Install a newer one or set JAVA_HOME.
                        """.formatted(java)));
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.said()).contains("needs Java 17 or newer", "nowhere/bin/java was not found", "apt-get");
    }

    private static ProcessRunner.ProcessOutcome with(String program, Path javaHome) {
        Map<String, String> environment = new HashMap<>(ProcessRunner.plain());
        environment.put("JAVA_HOME", javaHome.toString());
        return ProcessRunner.run(
                environment, List.of(HOME.resolve("bin/" + program).toString()));
    }

    @Test
    void containsExactlyTheJarsThatTheProgramsName() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String program : List.of("sluice-starter", "sluice-worker")) {
            try (JarFile jar =
                    new JarFile(HOME.resolve("libexec/" + program + ".jar").toFile())) {
                String path = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
                named.addAll(Arrays.asList(path.split(" ")));
            }
        }
        assertThat(inside("lib/")).isEqualTo(named);
    }

    @Test
    void listsEveryJarWithItsLicence() throws IOException {
        Set<String> jars = new TreeSet<>();
        for (JsonNode component :
                new ObjectMapper().readTree(InstalledTarball.read("sbom.json")).path("components")) {
            jars.add(component.path("name").asText() + "-"
                    + component.path("version").asText() + ".jar");
            assertThat(component.path("licenses"))
                    .as("licences of %s", component.path("name"))
                    .isNotEmpty();
        }
        Set<String> expected = inside("");
        String version = System.getProperty("sluice.version");
        expected.addAll(List.of("sluice-starter-" + version + ".jar", "sluice-worker-" + version + ".jar"));
        assertThat(jars).isEqualTo(expected);
        assertThat(InstalledTarball.read("licences/README.txt").lines().count()).isEqualTo(jars.size() + 2L);
    }

    @Test
    void containsTheLicenceTextOfEveryJarWithARequiredHolder() throws IOException {
        Set<String> jars = inside("");
        String version = System.getProperty("sluice.version");
        jars.addAll(List.of("sluice-starter-" + version + ".jar", "sluice-worker-" + version + ".jar"));
        for (String jar : jars) {
            String licence = licence(jar.replaceFirst("\\.jar$", ""));
            assertThat(licence).as("licence of %s", jar).hasSizeGreaterThan(1000);
            if (licence.contains("Permission is hereby granted") || licence.contains("Redistribution and use")) {
                assertThat(licence).as("licence of %s", jar).containsIgnoringCase("copyright");
            }
        }
        assertThat(licence("jsch")).contains("Atsuhiko Yamanaka");
        assertThat(licence("tally-core")).contains("Uber Technologies", "Permission is hereby granted");
        assertThat(licence("protobuf-java-util")).contains("Google Inc.", "Redistribution and use");
        assertThat(licence("logback-core")).contains("Eclipse Public License - v 2.0", "GNU LESSER GENERAL PUBLIC");
        assertThat(licence("temporal-sdk")).contains("Apache License", "Version 2.0, January 2004");
    }

    /** Returns the files in the jar's directory except notices. */
    private static String licence(String jar) throws IOException {
        try (Stream<Path> folders = Files.list(HOME.resolve("licences"))) {
            Path folder = folders.filter(each -> each.getFileName().toString().startsWith(jar))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(jar + " has no folder of licences"));
            StringBuilder said = new StringBuilder();
            for (File text : Objects.requireNonNull(folder.toFile().listFiles())) {
                if (!text.getName().toLowerCase(Locale.ROOT).contains("notice")) {
                    said.append(Files.readString(text.toPath()));
                }
            }
            return said.toString();
        }
    }

    private static Set<String> inside(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("libexec/lib"))) {
            return files.map(file -> prefix + file.getFileName()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void theSampleSettingsNameOnlyDocumentedVariables() {
        String documented = InstalledTarball.read("docs/configuration.md");
        List<String> names = Pattern.compile("(?m)^([A-Z_]+)=")
                .matcher(InstalledTarball.read("etc/worker.env"))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(names).hasSize(8).allSatisfy(name -> assertThat(documented).contains("`" + name + "`"));
    }

    @Test
    void containsAnExampleCluster() {
        assertThat(HOME.resolve("examples/hello/sluice.yaml")).isRegularFile();
        assertThat(HOME.resolve("examples/hello/app/recipe.sh")).isRegularFile();
    }
}
