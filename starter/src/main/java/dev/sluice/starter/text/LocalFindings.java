package dev.sluice.starter.text;

import dev.sluice.starter.ssh.HostAuthority;
import dev.sluice.workflows.activity.WorkerActivities.WorkerFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the doctor concludes of the key files on this machine, which only {@code ssh} needs. */
public final class LocalFindings {
    private LocalFindings() {}

    /** The files that the environment names; the authority has to be the workers', if one answered. */
    public static List<Finding> of(Map<String, String> environment, Optional<WorkerFacts> worker) {
        List<Finding> findings = new ArrayList<>();
        file(environment, "SLUICE_SSH_KEY").ifPresent(path -> findings.add(readable("SLUICE_SSH_KEY", path)));
        file(environment, "SLUICE_HOST_CA").ifPresent(path -> {
            Finding readable = readable("SLUICE_HOST_CA", path);
            findings.add(readable.state() == Finding.State.OK ? authority(path, worker, readable) : readable);
        });
        return findings;
    }

    private static Optional<Path> file(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    private static Finding readable(String variable, Path path) {
        if (!Files.isReadable(path)) {
            return Finding.warn(variable, "%s cannot be read; only ssh needs it here".formatted(path));
        }
        try {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
            return mode.endsWith("------")
                    ? Finding.ok(variable, "%s, for its owner alone".formatted(path))
                    : Finding.warn(variable, "%s has mode %s: chmod 600 %s".formatted(path, mode, path));
        } catch (IOException unreadable) {
            return Finding.warn(variable, "%s cannot be read: %s".formatted(path, unreadable.getMessage()));
        }
    }

    private static Finding authority(Path path, Optional<WorkerFacts> worker, Finding fine) {
        try {
            String ours = HostAuthority.publicKey(Files.readString(path));
            return worker.map(WorkerFacts::hostAuthority)
                            .filter(theirs -> !theirs.equals(ours))
                            .isPresent()
                    ? Finding.warn(
                            "SLUICE_HOST_CA",
                            "%s is not the workers' authority: ssh will trust no node".formatted(path))
                    : fine;
        } catch (IOException | IllegalArgumentException wrong) {
            return Finding.warn("SLUICE_HOST_CA", "%s %s".formatted(path, wrong.getMessage()));
        }
    }
}
