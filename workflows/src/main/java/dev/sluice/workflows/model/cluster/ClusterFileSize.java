package dev.sluice.workflows.model.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How large a change becomes: each of its nodes' runs is started with the whole cluster file, all in one message to Temporal.
 * Temporal ends a run whose message is larger than 4 MiB (server 1.32.0: GrpcMessageTooLarge), without a report.
 */
public final class ClusterFileSize {
    /** Half of Temporal's limit: JSON escapes each line end and each quotation mark. */
    public static final long MOST_BYTES = 2L * 1024 * 1024;

    private ClusterFileSize() {}

    /** The bytes of the texts that it names, the file's own values aside. */
    public static long bytes(ClusterFile file) {
        return file.roles().values().stream()
                .flatMap(role -> Stream.concat(
                        Stream.of(role.bake().recipe()),
                        Stream.concat(role.files().stream(), role.bake().files().stream())
                                .flatMap(one -> one.template().stream())))
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /** Why a change of so many nodes is too large; empty if it is not. */
    public static Optional<String> problem(ClusterFile file, int nodes) {
        long one = bytes(file);
        if (one * nodes <= MOST_BYTES) {
            return Optional.empty();
        }
        return Optional.of(
                "%d nodes with the %d KiB of texts that the cluster file names are %d KiB in one change; at most %d KiB are possible, so at most %d nodes at once"
                        .formatted(nodes, one / 1024, one * nodes / 1024, MOST_BYTES / 1024, MOST_BYTES / one));
    }
}
