package dev.sluice.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.namespaces.HostCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabMainIT {
    private final Map<String, String> one = environment("a");
    private final Map<String, String> other = environment("b");

    @AfterEach
    void down() {
        lab(one, "down");
        lab(other, "down");
    }

    @Test
    void twoLabsRunAtOnceAndDownRemovesThem() throws IOException {
        String before = traces();
        for (Map<String, String> environment : List.of(one, other)) {
            assertThat(lab(environment, "up")).as("up").contains("api     http://127.0.0.1:");
            assertThat(lab(environment, "status")).contains("STATUS");
        }
        assertThat(value(one, "SLUICE_DO_API")).isNotEqualTo(value(other, "SLUICE_DO_API"));
        String again = lab(one, "up");
        assertThat(again).as("up is idempotent").contains("process " + value(one, "SLUICE_LAB_PID"));
        lab(one, "down");
        lab(other, "down");
        assertThat(traces()).isEqualTo(before);
        assertThat(root(one)).doesNotExist();
    }

    @Test
    void upRestartsALabWithADeadProcess() throws IOException {
        lab(one, "up");
        String pid = value(one, "SLUICE_LAB_PID");
        LabProcess.processFile(dev.sluice.lab.namespaces.LabDirectory.of(one), LabProcess.INSIDE)
                .kill();
        assertThat(lab(one, "status")).contains("is not up").contains("lab up");
        lab(one, "up");
        assertThat(value(one, "SLUICE_LAB_PID")).isNotEqualTo(pid);
    }

    @Test
    void downRemovesALabWhoseHubWasKilled() throws IOException {
        String before = traces();
        lab(one, "up");
        new dev.sluice.lab.namespaces.ProcessFile(root(one).resolve("hub.pid")).kill();
        assertThat(lab(one, "break", "slow-disk")).contains("is not up").contains("lab up");
        lab(one, "down");
        assertThat(root(one)).doesNotExist();
        assertThat(traces()).isEqualTo(before);
    }

    @Test
    void statusListsDeclaredFaultsUntilTheyEnd() {
        lab(one, "up");
        assertThat(lab(one, "break", "ssh-frozen", "--next", "hello-app"))
                .contains("fault   ssh-frozen waits for the next machine whose name has hello-app, number 1");
        assertThat(lab(one, "break", "slow-disk")).contains("slow-disk is in force for machines of any name");
        assertThat(lab(one, "status"))
                .contains("fault   1 ssh-frozen: machines whose name has hello-app, new ones only, struck 0 of 1 times")
                .contains("fault   2 slow-disk: machines of any name, struck 0 times");
        lab(one, "break", "slow-disk", "--off");
        assertThat(lab(one, "status")).doesNotContain("slow-disk");
    }

    @Test
    void declaresAllFaultsOfAPlanOrNone(@TempDir Path plans) throws IOException {
        lab(one, "up");
        Path good = Files.writeString(plans.resolve("good.json"), """
                [{"name": "delete-takes-minutes", "seconds": 60}, {"name": "dns-answers-old"}]""");
        Path wrong = Files.writeString(plans.resolve("wrong.json"), """
                [{"name": "snapshot-gone"}, {"name": "no-such-fault"}]""");
        assertThat(lab(one, "break", "--plan", good.toString()))
                .contains("1 delete-takes-minutes", "2 dns-answers-old");
        assertThat(lab(one, "break", "--plan", wrong.toString())).contains("fault 2 of 2", "None of them is in force");
        assertThat(lab(one, "status")).contains("dns-answers-old").doesNotContain("snapshot-gone");
    }

    @Test
    void printsTheSeedThatRepeatsAnOpenPlan(@TempDir Path plans) throws IOException {
        lab(one, "up");
        Path open = Files.writeString(plans.resolve("open.json"), """
                [{"name": ["error-before", "error-after", "answer-lost", "too-many-requests"],
                  "operation": ["GET", "POST", "DELETE"], "nth": {"from": 2, "to": 900}}]""");
        String first = lab(one, "break", "--plan", open.toString());
        String seed = first.replaceAll("(?s).* --seed ([0-9]+)\n.*", "$1");
        String again = lab(one, "break", "--plan", open.toString(), "--seed", seed);
        assertThat(again.replace("fault   2 ", "fault   1 ")).isEqualTo(first);
        assertThat(first).containsPattern("fault   1 [a-z-]+: [A-Z]+ of any name, from match [0-9]+, struck 0 of 1");
        assertThat(lab(one, "break", "--plan", open.toString(), "--seed", "x")).contains("A seed is a number");
    }

    @Test
    void anUnknownFaultIsAUsageErrorThatListsAll() {
        assertThat(lab(one, "break", "no-such-fault")).contains("no-such-fault").contains("slow-disk");
        assertThat(lab(one, "break")).contains("disk-full\n").contains("create-answer-lost\n");
    }

    @Test
    void aCertificateIsValidForItsNamesAndLoopback() throws IOException {
        lab(one, "up");
        String certificate = lab(one, "cert", "www.hello.example").strip();
        String verified = HostCommand.run(
                List.of(
                        "openssl",
                        "verify",
                        "-CAfile",
                        value(one, "SLUICE_SITE_CA"),
                        "-verify_ip",
                        "127.0.0.1",
                        certificate),
                Duration.ofSeconds(10));
        assertThat(verified).contains("OK");
    }

    private static Map<String, String> environment(String name) {
        HashMap<String, String> environment = new HashMap<>(System.getenv());
        environment.put(
                "SLUICE_LAB_DIR",
                "/var/tmp/sluice-it-" + ProcessHandle.current().pid() + name);
        return Map.copyOf(environment);
    }

    private static Path root(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("SLUICE_LAB_DIR", ""));
    }

    private static String value(Map<String, String> environment, String name) {
        return lab(environment, "env")
                .lines()
                .filter(line -> line.startsWith("export %s=".formatted(name)))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .collect(Collectors.joining());
    }

    private static String lab(Map<String, String> environment, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        LabMain.run(List.of(words), environment, stream, stream);
        return out.toString(StandardCharsets.UTF_8);
    }

    // Mounts and links of the host, and this test's own processes.
    private static String traces() throws IOException {
        String mine = "sluice-it-" + ProcessHandle.current().pid();
        long processes = ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(mine))
                .count();
        String links = HostCommand.run(List.of("ip", "-o", "link"), Duration.ofSeconds(5))
                .replaceAll("@[^:]*", "");
        long mounts = Files.readString(Path.of("/proc/self/mounts"))
                .lines()
                .filter(line -> line.contains(mine))
                .count();
        return "%d processes, %d mounts, %s".formatted(processes, mounts, links);
    }
}
