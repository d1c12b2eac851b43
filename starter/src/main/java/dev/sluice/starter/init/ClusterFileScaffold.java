package dev.sluice.starter.init;

import dev.sluice.starter.clusterfile.ClusterFileProblem;
import dev.sluice.starter.clusterfile.ClusterFiles;
import dev.sluice.starter.clusterfile.InvalidClusterFileException;
import dev.sluice.workflows.model.cluster.ClusterFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a commented cluster file with the file templates and recipes of the example. */
final class ClusterFileScaffold {
    private static final List<String> BESIDE = List.of(
            "app/recipe.sh",
            "app/site.conf.vm",
            "app/mpm_event.conf",
            "app/app.py",
            "app/app.wsgi",
            "proxy/recipe.sh",
            "proxy/site.conf.vm",
            "proxy/mpm_event.conf");

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final String name;

    /** @param name file name of the cluster file; the other files are written beside it */
    public ClusterFileScaffold(InitValues cluster, String name) {
        this.name = name;
        texts.put(name, clusterFile(cluster));
        BESIDE.forEach(file -> texts.put(file, resource(file)));
    }

    /** Returns the problems that the cluster file's reader finds; empty if it is valid. */
    public List<ClusterFileProblem> validate() {
        Path directory = temporary();
        try {
            write(directory);
            read(directory);
            return List.of();
        } catch (InvalidClusterFileException invalid) {
            return invalid.problems();
        } finally {
            remove(directory);
        }
    }

    /** Returns which of the files exist. */
    public List<String> present(Path directory) {
        return texts.keySet().stream()
                .filter(file -> Files.exists(directory.resolve(file)))
                .toList();
    }

    /** Writes all files and reads the cluster file as every command does. */
    public ClusterFile writeTo(Path directory) throws InvalidClusterFileException {
        write(directory);
        return read(directory);
    }

    public List<String> names() {
        return List.copyOf(texts.keySet());
    }

    private ClusterFile read(Path directory) throws InvalidClusterFileException {
        return ClusterFiles.read(directory.resolve(name));
    }

    private void write(Path directory) {
        texts.forEach((file, text) -> {
            try {
                Path path = directory.resolve(file);
                @Nullable Path parent = path.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.writeString(path, text);
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        });
    }

    private static String clusterFile(InitValues cluster) {
        return resource("sluice.yaml")
                .replace("@cluster@", cluster.cluster())
                .replace("@domain@", cluster.domain())
                .replace("@service@", cluster.service())
                .replace("@region@", cluster.region())
                .replace("@size@", cluster.size())
                .replace(
                        "@vpc@",
                        cluster.vpc()
                                .map(id -> "vpc: " + id)
                                .orElse("# vpc: its UUID (default: the region's default VPC)"))
                .replace("@ssh_keys@", list(cluster.sshKeys()));
    }

    private static String list(List<String> words) {
        return words.stream()
                .map(word -> "'" + word.replace("'", "''") + "'")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String resource(String file) {
        try (InputStream text = ClusterFileScaffold.class.getResourceAsStream(file)) {
            if (text == null) {
                throw new IllegalStateException("Sluice was built without its file " + file);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("sluice-init");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException busy) {
            throw new UncheckedIOException(busy);
        }
    }
}
