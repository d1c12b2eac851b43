package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Refused commands: each has its exit code and its reason, and the account is as before. */
@ExtendWith(ServingClusterExtension.class)
@Order(60)
class RefusedCommandIT {
    @TempDir
    Path folder = Path.of("");

    @Order(90)
    @Test
    void rejectsAnUnknownRole(DemoCluster cluster) {
        refused(cluster, 2, List.of("gateway-x"), "deploy", "--role", "gateway-x", "--reason", "x");
    }

    @Order(70)
    @Test
    void rejectsAnUnknownTemplate(DemoCluster cluster) {
        refused(
                cluster,
                2,
                List.of("has no template \"4711\""),
                "deploy",
                "--role",
                "app",
                "--template",
                "4711",
                "--reason",
                "x");
    }

    @Order(20)
    @Test
    void refusesToRetireBelowTheMinimum(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        List<String> apps = List.copyOf(cluster.inService("app"));
        for (String app : apps.subList(1, apps.size())) {
            world.requireSuccess(SluiceProcess.runSluice("eject", app, "--reason", "to get to the last one"));
        }
        try {
            refused(cluster, 5, List.of(apps.get(0), "minimum"), "retire", apps.get(0), "--reason", "x");
        } finally {
            for (String app : apps.subList(1, apps.size())) {
                world.requireSuccess(SluiceProcess.runSluice("readmit", app));
            }
        }
    }

    @Order(50)
    @Test
    void rejectsABrokenClusterFileWithAllItsErrors(DemoCluster cluster) throws IOException {
        Path file = folder.resolve("sluice.yaml");
        Files.writeString(file, "cluster: Hello!\ndomain: hello.example\nrole: {}\nregion: 7\n");

        refused(
                cluster,
                2,
                List.of("sluice.yaml is not valid", "line 1", "line 3", "did you mean roles?"),
                "--file",
                file.toString(),
                "deploy",
                "--role",
                "app",
                "--reason",
                "x");
    }

    @Order(30)
    @Test
    void refusesMoreNodesThanTheDropletLimit(DemoCluster cluster) {
        refused(cluster, 5, List.of("25", "droplet"), "deploy", "--role", "app", "--count", "40", "--reason", "x");
    }

    @Order(40)
    @Test
    void refusesAClusterFileThatDiffersFromTheLastChange(DemoCluster cluster) {
        Path file = cluster.copyWith(text -> text.replace("probation: 2s", "probation: 3s"));
        refused(
                cluster,
                5,
                List.of("--accept-config"),
                "--file",
                file.toString(),
                "deploy",
                "--role",
                "app",
                "--reason",
                "x");
    }

    @Order(60)
    @Test
    void rejectsAPlanThatIsTooLarge(DemoCluster cluster) throws IOException {
        Path file = cluster.copyWith(text -> text);
        Files.writeString(file.resolveSibling("app/site.conf.vm"), "# much\n".repeat(50_000));
        refused(cluster, 2, List.of("256"), "--file", file.toString(), "deploy", "--role", "app", "--reason", "x");
    }

    @Order(10)
    @Test
    void rejectsAHostileFileTemplateWithoutRunningIt(DemoCluster cluster) throws IOException {
        Path proof = folder.resolve("was-here");
        Path file = cluster.copyWith(text -> text);
        Files.writeString(
                file.resolveSibling("app/site.conf.vm"),
                "#set($x='')\n$x.class.forName('java.lang.Runtime').getRuntime().exec('touch %s')\n#include('/etc/passwd')\n"
                        .formatted(proof));
        refused(
                cluster,
                2,
                List.of("Not deployed, everything is as before", "only #if, #foreach and values are allowed"),
                "--file",
                file.toString(),
                "deploy",
                "--role",
                "app",
                "--accept-config",
                "--reason",
                "x");
        assertThat(proof).doesNotExist();
    }

    @Order(80)
    @Test
    void reportsAnUnreachableTemporal(DemoCluster cluster) {
        Map<String, Set<String>> before = cluster.world().accountContents();

        SluiceProcess.ProcessOutcome outcome = SluiceProcess.runSluice(
                Map.of("TEMPORAL_ADDRESS", "127.0.0.1:9"), "deploy", "--role", "app", "--reason", "x");

        assertThat(outcome.exit()).as(outcome.transcript()).isEqualTo(9);
        assertThat(outcome.transcript()).contains("127.0.0.1:9");
        assertThat(cluster.world().accountContents()).isEqualTo(before);
    }

    private static void refused(DemoCluster cluster, int exit, List<String> says, String... words) {
        Map<String, Set<String>> before = cluster.world().accountContents();

        SluiceProcess.ProcessOutcome outcome = SluiceProcess.runSluice(words);

        assertThat(outcome.exit()).as(outcome.transcript()).isEqualTo(exit);
        assertThat(outcome.transcript()).contains(says);
        assertThat(cluster.world().accountContents()).isEqualTo(before);
    }
}
