package dev.sluice.starter.clusterfile;

import dev.sluice.workflows.model.cluster.ClusterFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Finds and reads the cluster file. */
public final class ClusterFiles {
    private static final String NAME = "sluice.yaml";

    private ClusterFiles() {}

    /** Returns its path: what the operator named, else {@code ./sluice.yaml}, else what {@code SLUICE_FILE} names. */
    public static Path find(@Nullable Path named, Path directory, Map<String, String> environment)
            throws InvalidClusterFileException {
        if (named != null) {
            return existing(directory.resolve(named), "--file");
        }
        if (Files.isRegularFile(directory.resolve(NAME))) {
            return directory.resolve(NAME);
        }
        String variable = environment.get("SLUICE_FILE");
        if (variable != null && !variable.isBlank()) {
            return existing(directory.resolve(variable), "SLUICE_FILE");
        }
        throw new InvalidClusterFileException(
                "No cluster file: this directory has no %s; name one with --file or SLUICE_FILE".formatted(NAME));
    }

    private static Path existing(Path path, String by) throws InvalidClusterFileException {
        if (Files.isRegularFile(path)) {
            return path;
        }
        throw new InvalidClusterFileException("No cluster file: %s names %s, which does not exist".formatted(by, path));
    }

    /** Reads the whole file; throws all errors at once, each with its line. */
    public static ClusterFile read(Path path) throws InvalidClusterFileException {
        String text = text(path);
        String name = String.valueOf(path.getFileName());
        ProblemCollector problems = new ProblemCollector();
        ReferencedFiles texts = new ReferencedFiles(path, text.getBytes(StandardCharsets.UTF_8).length);
        YamlSection root = new YamlSection(compose(name, text), "", problems);
        Optional<ClusterFile> file = new ClusterFileReader(texts, problems).read(root);
        texts.findSizeProblem().ifPresent(root::problem);
        return file.filter(read -> problems.isEmpty())
                .orElseThrow(() -> new InvalidClusterFileException(name, problems.byLine()));
    }

    private static String text(Path path) throws InvalidClusterFileException {
        try {
            return Files.readString(path);
        } catch (CharacterCodingException notText) {
            throw new InvalidClusterFileException("%s is not text in UTF-8".formatted(path));
        } catch (IOException unreadable) {
            throw new InvalidClusterFileException("%s cannot be read: %s".formatted(path, unreadable.getMessage()));
        }
    }

    private static Node compose(String name, String text) throws InvalidClusterFileException {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(20);
            options.setNestingDepthLimit(20);
            Node node = new Yaml(options).compose(new java.io.StringReader(text));
            if (node == null) {
                throw new InvalidClusterFileException(
                        "%s is empty; docs/configuration.md shows a complete file".formatted(name));
            }
            return node;
        } catch (MarkedYAMLException broken) {
            int line = broken.getProblemMark() == null
                    ? 0
                    : broken.getProblemMark().getLine();
            throw new InvalidClusterFileException(
                    name, List.of(new ClusterFileProblem(line + 1, "", sentence(broken.getProblem()))));
        } catch (YAMLException broken) {
            throw new InvalidClusterFileException("%s is not YAML: %s".formatted(name, broken.getMessage()));
        }
    }

    private static String sentence(@Nullable String problem) {
        String detail = problem == null ? "cannot be read" : problem;
        return detail.contains("'\\t(TAB)'")
                ? "contains a tab; YAML requires spaces"
                : "is not YAML: %s".formatted(detail);
    }
}
