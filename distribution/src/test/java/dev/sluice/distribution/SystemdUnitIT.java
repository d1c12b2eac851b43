package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit as systemd itself reads it. No systemd ran it: there is none in the machines of the tests. */
class SystemdUnitIT {
    @TempDir
    Path folder = Path.of("");

    @Test
    void passesTheVerificationOfSystemd() throws IOException {
        Path unit = folder.resolve("sluice-worker.service");
        Files.writeString(
                unit,
                InstalledTarball.read("systemd/sluice-worker.service")
                        .replace("/opt/sluice/", InstalledTarball.home() + "/"));

        ProcessRunner.ProcessOutcome verify =
                ProcessRunner.run("systemd-analyze", "verify", "--man=no", unit.toString());

        assertThat(verify).isEqualTo(new ProcessRunner.ProcessOutcome(0, ""));
    }

    /** In tenths: 20 is 2.0 of 10, where 9.6 is a unit without any hardening. */
    @Test
    void restrictsTheUnit() {
        ProcessRunner.ProcessOutcome security = ProcessRunner.run(
                "systemd-analyze",
                "security",
                "--offline=yes",
                "--threshold=20",
                "--no-pager",
                InstalledTarball.home().resolve("systemd/sluice-worker.service").toString());

        assertThat(security.exit()).as(security.said()).isZero();
        assertThat(security.said()).contains("Overall exposure level");
    }

    /** A worker gets 25 s to finish what it has in hand: the unit and the container must not cut that short. */
    @Test
    void allowsAWorkerToDrainBeforeItIsStopped() throws IOException {
        String drain = Files.readString(Path.of("../worker/src/main/java/dev/sluice/worker/WorkerLifecycle.java"));
        assertThat(drain).contains("SECONDS = 25");

        List<String> limits = Stream.of(
                        InstalledTarball.read("systemd/sluice-worker.service"),
                        Files.readString(Path.of("../docker-compose.yml")))
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> line.startsWith("TimeoutStopSec") || line.startsWith("stop_grace_period"))
                .toList();

        assertThat(limits).containsExactly("TimeoutStopSec=45", "stop_grace_period: 45s");
    }
}
