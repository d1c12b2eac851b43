package dev.sluice.starter.clusterfile;

/**
 * One error in a cluster file.
 *
 * @param line counted from 1
 * @param path of the key, such as {@code roles.app.size}; empty for the file as a whole
 */
public record ClusterFileProblem(int line, String path, String says) {
    @Override
    public String toString() {
        return path.isEmpty() ? "line %d  %s".formatted(line, says) : "line %d  %s: %s".formatted(line, path, says);
    }
}
