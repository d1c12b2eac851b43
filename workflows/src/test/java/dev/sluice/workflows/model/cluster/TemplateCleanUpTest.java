package dev.sluice.workflows.model.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateCleanUpTest {
    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/var/tmp/warm/cache.json",
                "/tmp/.hidden",
                "/home/deploy2/.ssh/authorized_keys",
                "/root/.cache/browser/profile",
                "/var/log/app/geoip.1",
                "/etc/ssh/ssh_host_ed25519_key.pub",
                "/etc/cloud/cloud-init.disabled",
                "/etc/machine-id",
                "/srv/../tmp/x"
            })
    void whatTheCleanUpRemovesIsKnownBeforeABake(String path) {
        assertThat(TemplateCleanUp.findFor(path)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/srv/hello/app.py",
                "/etc/hosts",
                "/home/deploy/.ssh/config",
                "/etc/apache2/mods-available/mpm_event.conf",
                "/var/logs/x",
                "/root/.bashrc"
            })
    void whatItLeavesMayBeBaked(String path) {
        assertThat(TemplateCleanUp.findFor(path)).isEmpty();
    }

    @Test
    void thePageListsItAndTheScriptDoesTheRest() throws IOException {
        List<String> rows = TemplateCleanUp.ALL.stream()
                .map(one -> "| `%s` | %s | %s |"
                        .formatted(one.pattern(), one.effect().name().toLowerCase(java.util.Locale.ROOT), one.why()))
                .toList();
        assertThat(Files.readAllLines(ROOT.resolve("docs/runbooks/bake-template.md")).stream()
                        .filter(line -> line.matches("\\| `/.*"))
                        .toList())
                .isEqualTo(rows);
        String script =
                Files.readString(ROOT.resolve("activities/src/main/resources/dev/sluice/activities/node/clean-up.sh"));
        assertThat(TemplateCleanUp.ALL.stream()
                        .filter(one -> one.effect() == TemplateCleanUp.FileEffect.EMPTIED)
                        .map(TemplateCleanUp::pattern))
                .allSatisfy(path -> assertThat(script).contains(path));
        assertThat(script.lines().filter(line -> line.contains("rm -")))
                .as("what is removed comes from the list; but for its own files, and what the bake's file names")
                .allMatch(line -> line.contains("$pattern") || line.contains("$config") || line.contains("$path"));
    }
}
