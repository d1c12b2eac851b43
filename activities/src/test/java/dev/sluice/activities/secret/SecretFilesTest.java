package dev.sluice.activities.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.workflows.model.cluster.SecretName;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretFilesTest {
    @TempDir
    Path directory;

    @Test
    void readsTheFileOfASecret() throws IOException {
        Files.writeString(directory.resolve("site-key"), "text\n");
        assertThat(new SecretFiles(directory).read(new SecretName("site-key"))).isEqualTo("text\n");
    }

    @Test
    void namesAMissingSecretAndItsFile() {
        assertThatThrownBy(() -> new SecretFiles(directory).read(new SecretName("site-key")))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("SECRET_MISSING");
                    assertThat(failure.getOriginalMessage()).contains("site-key", directory.toString());
                });
    }
}
