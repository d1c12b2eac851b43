package dev.sluice.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks that private files exist and that only their owner can read them; collects one error for each problem. */
final class PrivateFileCheck {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final List<String> errors = new ArrayList<>();

    List<String> errors() {
        return List.copyOf(errors);
    }

    /** Checks the file of a setting, which must have at least that many bytes. */
    void check(String name, Path file, int bytes) {
        if (!Files.isReadable(file)) {
            errors.add("%s: %s cannot be read".formatted(name, file));
            return;
        }
        try {
            if (Files.size(file) < bytes) {
                errors.add("%s: %s has %d bytes, expected at least %d".formatted(name, file, Files.size(file), bytes));
            }
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                errors.add("%s: %s can be read by others; run chmod 600 on it".formatted(name, file));
            }
        } catch (IOException unreadable) {
            errors.add("%s: %s cannot be read: %s".formatted(name, file, unreadable.getMessage()));
        }
    }
}
