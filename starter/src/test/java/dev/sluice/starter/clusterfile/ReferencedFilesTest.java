package dev.sluice.starter.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

final class ReferencedFilesTest {
    @TempDir
    Path directory = Path.of("");

    private final ProblemCollector problems = new ProblemCollector();
    private ReferencedFiles files = new ReferencedFiles(Path.of("sluice.yaml"), 0);

    @BeforeEach
    void belongsToAClusterFile() {
        files = new ReferencedFiles(directory.resolve("sluice.yaml"), 1024);
    }

    private String read(String name) {
        YamlSection section = new YamlSection(
                new Yaml().compose(new StringReader("recipe: \"%s\"".formatted(name))), "bake", problems);
        return files.read(section, "recipe");
    }

    private void writes(String name, int kibibytes) throws IOException {
        Files.writeString(directory.resolve(name), "x".repeat(kibibytes * 1024));
    }

    @Test
    void readsAFileBesideTheClusterFile() throws IOException {
        Files.createDirectories(directory.resolve("app"));
        Files.writeString(directory.resolve("app/recipe.sh"), "#!/bin/sh\n");

        assertThat(read("app/recipe.sh")).isEqualTo("#!/bin/sh\n");
        assertThat(read("app/../app/recipe.sh")).isEqualTo("#!/bin/sh\n");
        assertThat(problems.isEmpty()).isTrue();
        assertThat(files.findSizeProblem()).isEmpty();
    }

    @Test
    void reportsAFileThatCannotBeUsed() throws IOException {
        Files.createDirectories(directory.resolve("folder"));
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        writes("large", 257);

        assertThat(read("missing")).isEmpty();
        assertThat(read("folder")).isEmpty();
        assertThat(read("binary")).isEmpty();
        assertThat(read("large")).isEmpty();
        assertThat(read("")).isEmpty();

        assertThat(problems.byLine())
                .hasSize(5)
                .allSatisfy(problem -> assertThat(problem.path()).isEqualTo("bake.recipe"));
        assertThat(problems.byLine().get(0).says())
                .contains(directory.resolve("missing").toString());
        assertThat(problems.byLine().get(2).says()).contains("UTF-8");
        assertThat(problems.byLine().get(3).says()).contains("257 KiB", "256 KiB");
    }

    @Test
    void measuresAllFilesTogether() throws IOException {
        writes("first", 150);
        writes("second", 105);
        read("first");
        read("second");
        assertThat(files.findSizeProblem())
                .as("256 KiB with the cluster file itself")
                .isEmpty();

        writes("third", 1);
        read("third");
        assertThat(files.findSizeProblem().orElse(""))
                .contains("257 KiB", "256 KiB", "first with 150 KiB")
                .doesNotContain("second");
    }

    @Test
    void countsAFileThatIsNamedTwiceOnce() throws IOException {
        writes("shared", 200);

        read("shared");
        read("shared");

        assertThat(files.findSizeProblem()).isEmpty();
    }
}
