package dev.sluice.starter.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.activity.WorkerActivities.WorkerFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileFindingsTest {
    @TempDir
    Path directory = Path.of("");

    private Path key(String mode) throws IOException, InterruptedException {
        Path key = directory.resolve("ca");
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .start()
                .waitFor();
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(mode));
        return key;
    }

    private static List<String> lines(Path key, String authority) {
        WorkerFacts worker = new WorkerFacts("7@here", "1", "17", Instant.EPOCH, authority, "", List.of());
        return KeyFileFindings.of(Map.of("SLUICE_HOST_CA", key.toString()), Optional.of(worker)).stream()
                .map(DoctorFinding::line)
                .toList();
    }

    @Test
    void theWorkersOwnAuthorityForItsOwnerAloneIsOk() throws IOException, InterruptedException {
        Path key = key("rw-------");
        String authority = Files.readString(directory.resolve("ca.pub")).split(" ", -1)[0] + " "
                + Files.readString(directory.resolve("ca.pub")).split(" ", -1)[1];

        assertThat(lines(key, authority)).singleElement().asString().startsWith("ok  SLUICE_HOST_CA");
        assertThat(lines(key, "ssh-ed25519 AAAA"))
                .singleElement()
                .asString()
                .startsWith("!!  SLUICE_HOST_CA")
                .endsWith("is not the workers' authority: ssh would reject every node");
    }

    @Test
    void aKeyThatOthersMayReadSaysWhatToDo() throws IOException, InterruptedException {
        Path key = key("rw-r--r--");

        assertThat(lines(key, "ssh-ed25519 AAAA")).singleElement().asString().endsWith("chmod 600 " + key);
    }

    @Test
    void whatTheEnvironmentDoesNotNameIsNotAskedFor() {
        assertThat(KeyFileFindings.of(Map.of(), Optional.empty())).isEmpty();
        assertThat(lines(directory.resolve("gone"), ""))
                .singleElement()
                .asString()
                .contains("cannot be read");
    }
}
