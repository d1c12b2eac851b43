package dev.sluice.starter.doctor;

import dev.sluice.starter.ssh.HostAuthorityKey;
import dev.sluice.workflows.activity.WorkerActivities.WorkerFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the key files on this machine, which only {@code ssh} needs. */
final class KeyFileFindings {
    private KeyFileFindings() {}

    /** Returns findings about the files that the environment names; the authority must equal the workers'. */
    public static List<DoctorFinding> of(Map<String, String> environment, Optional<WorkerFacts> worker) {
        List<DoctorFinding> findings = new ArrayList<>();
        file(environment, "SLUICE_SSH_KEY").ifPresent(path -> findings.add(readable("SLUICE_SSH_KEY", path)));
        file(environment, "SLUICE_HOST_CA").ifPresent(path -> {
            DoctorFinding readable = readable("SLUICE_HOST_CA", path);
            findings.add(
                    readable.state() == DoctorFinding.FindingState.OK ? authority(path, worker, readable) : readable);
        });
        return findings;
    }

    private static Optional<Path> file(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    private static DoctorFinding readable(String variable, Path path) {
        if (!Files.isReadable(path)) {
            return DoctorFinding.warn(variable, "%s cannot be read; on this machine only ssh needs it".formatted(path));
        }
        try {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
            return mode.endsWith("------")
                    ? DoctorFinding.ok(variable, "%s, readable by its owner only".formatted(path))
                    : DoctorFinding.warn(variable, "%s has mode %s: chmod 600 %s".formatted(path, mode, path));
        } catch (IOException unreadable) {
            return DoctorFinding.warn(variable, "%s cannot be read: %s".formatted(path, unreadable.getMessage()));
        }
    }

    private static DoctorFinding authority(Path path, Optional<WorkerFacts> worker, DoctorFinding fine) {
        try {
            String ours = HostAuthorityKey.publicKey(Files.readString(path));
            return worker.map(WorkerFacts::hostAuthority)
                            .filter(theirs -> !theirs.equals(ours))
                            .isPresent()
                    ? DoctorFinding.warn(
                            "SLUICE_HOST_CA",
                            "%s is not the workers' authority: ssh would reject every node".formatted(path))
                    : fine;
        } catch (IOException | IllegalArgumentException wrong) {
            return DoctorFinding.warn("SLUICE_HOST_CA", "%s %s".formatted(path, wrong.getMessage()));
        }
    }
}
