package dev.sluice.starter.clusterfile;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the file templates and recipes that a cluster file names, relative to it, and sums their sizes. */
final class ReferencedFiles {
    /** The limit of all texts together in bytes, because a plan passes through Temporal as a whole. */
    static final int LIMIT = 256 * 1024;

    private final Path clusterFile;
    private final Map<String, Integer> sizes = new TreeMap<>();

    ReferencedFiles(Path clusterFile, int size) {
        this.clusterFile = clusterFile.toAbsolutePath();
        sizes.put(String.valueOf(clusterFile.getFileName()), size);
    }

    /** Returns the text of the file that the key names; records a problem and returns an empty text if there is none. */
    String read(YamlSection section, String key) {
        String name = section.text(key, text -> !text.isBlank(), "the name of a file");
        if (name.isBlank()) {
            return "";
        }
        Path path = clusterFile.resolveSibling(name).normalize();
        if (!Files.isRegularFile(path)) {
            section.problem(key, "the file %s does not exist".formatted(path));
            return "";
        }
        return read(section, key, name, path);
    }

    private String read(YamlSection section, String key, String name, Path path) {
        try {
            if (Files.size(path) > LIMIT) {
                section.problem(
                        key, "%s has %d KiB; a plan holds at most 256 KiB".formatted(path, Files.size(path) / 1024));
                return "";
            }
            String text = Files.readString(path);
            sizes.put(name, text.getBytes(StandardCharsets.UTF_8).length);
            findForeignText(text).ifPresent(what -> section.problem(key, "%s %s".formatted(path, what)));
            return text;
        } catch (CharacterCodingException notText) {
            section.problem(key, "%s is not text in UTF-8".formatted(path));
        } catch (IOException unreadable) {
            section.problem(key, "%s cannot be read: %s".formatted(path, unreadable.getMessage()));
        }
        return "";
    }

    /** What an editor of another system left in it, which a shell or a server on the node stumbles over. */
    private static Optional<String> findForeignText(String text) {
        if (text.startsWith("\uFEFF")) {
            return Optional.of(
                    "begins with a byte order mark, which no shell knows; remove it with: sed -i '1s/^\\xEF\\xBB\\xBF//'");
        }
        int at = text.indexOf('\r');
        return at < 0
                ? Optional.empty()
                : Optional.of(
                        "has a carriage return (a line end of Windows) in line %d; remove them with: sed -i 's/\\r$//'"
                                .formatted(1
                                        + text.substring(0, at)
                                                .chars()
                                                .filter(letter -> letter == '\n')
                                                .count()));
    }

    /** Returns a problem if all texts together exceed the limit. */
    Optional<String> findSizeProblem() {
        int all = sizes.values().stream().mapToInt(Integer::intValue).sum();
        if (all <= LIMIT) {
            return Optional.empty();
        }
        return sizes.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .map(largest ->
                        "the file and the files that it names have %d KiB; a plan holds at most 256 KiB; the largest is %s with %d KiB"
                                .formatted(kibibytes(all), largest.getKey(), kibibytes(largest.getValue())));
    }

    private static int kibibytes(int bytes) {
        return (bytes + 1023) / 1024;
    }
}
