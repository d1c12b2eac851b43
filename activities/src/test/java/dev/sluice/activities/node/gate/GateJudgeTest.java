package dev.sluice.activities.node.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.failure.ApplicationFailure;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GateJudgeTest {
    @Test
    void healthyNodeOpensTheGateAndAnswersEachCheck() {
        Verdict verdict = GateJudge.judge(InspectionFixtures.good());
        assertThat(verdict.failures()).isEmpty();
        assertThat(verdict.opensGate()).isTrue();
        assertThat(verdict.results().stream().map(CheckResult::check))
                .containsAll(
                        Arrays.stream(GateCheck.values()).map(GateCheck::word).toList());
    }

    @Test
    void factsAreThoseThatSiblingsAreComparedBy() {
        assertThat(GateJudge.judge(InspectionFixtures.good()).facts())
                .containsEntry("packages", "a".repeat(64))
                .containsEntry("cpu-ms", "18.1")
                .containsEntry("fsync-ms", "1.4")
                .containsEntry("model", "AMD EPYC")
                .containsKeys("machine-id", "host-key", "cores", "boot-id");
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    hostname | "host":"hello-app-1" | "host":"template" | CRITICAL | is 'template', expected 'hello-app-1'
                    machine-id | "machine":"e708ba7abef8414189c24c23a7300593" | "machine":"853e3f579dc5420ab42cb9359ca2a750" | CRITICAL | 853e3f579dc5420ab42cb9359ca2a750 is the template's; first boot must create a new one
                    machine-id | "machine":"e708ba7abef8414189c24c23a7300593" | "machine":"" | CRITICAL | /etc/machine-id is '', expected 32 hexadecimal digits
                    host-key | AAAAown | AAAAtemplate | CRITICAL | a host key on its disk is the template's
                    processes | "count":5 | "count":0 | CRITICAL | apache2 does not run
                    closed-ports | "port":8080,"exit":7 | "port":8080,"exit":0 | CRITICAL | 198.18.0.1:8080 does not refuse (curl exit 0); expected a refusal
                    http | "status":200 | "status":500 | CRITICAL | 8080/health answered 500, expected 200
                    http | "found":true,"body":"eyJzdGF0dXMiOiJVUCJ9 | "found":false,"body":"RE9XTg== | CRITICAL | 8080/health answered 200 without the text 'UP'; it began with 'DOWN'
                    http | "exit":0,"status":200 | "exit":28,"status":0 | CRITICAL | 8080/health gave no answer (curl exit 28)
                    http | "exit":0,"status":200,"seconds" | "exit":63,"status":0,"seconds" | CRITICAL | 8080/health answered with more than 8 MiB, which the gate does not read
                    health | "health","exit":0,"status":200 | "health","exit":0,"status":400 | CRITICAL | a proxy's health check, GET /health for the host 10.0.0.1:8080, gets 400, expected 200 to 399; health.path of the role names what is asked for
                    execution-time | 0.012 | 2.5 | CRITICAL | 8080/health took 2500 ms, at most 2000 ms expected
                    configuration | 8f434346648f | 000000000000 | CRITICAL | /srv/x differs from its rendered template
                    configuration | 0644 root:root | 0666 root:root | CRITICAL | /srv/x is 0666 root:root, expected 0644 root:root
                    certificate | "match":true | "match":false | CRITICAL | /etc/sluice/tls/site.pem does not match its key (same name, .key)
                    certificate | 1803148352 | 1795500000 | CRITICAL | /etc/sluice/tls/site.pem lasts 1 more days (until 2026-11-24T06:00:00Z), SHA-256 9A6EC012E1A7DA9D, at least 7 expected
                    certificate | 1803148352 | 1796372352 | WARN | /etc/sluice/tls/site.pem lasts 11 more days (until 2026-12-04T08:19:12Z), SHA-256 9A6EC012E1A7DA9D
                    disk | "used":13 | "used":80 | WARN | 80 % of / in use, better under 80 %
                    disk | "used":13 | "used":95 | CRITICAL | 95 % of / in use, under 95 % expected
                    disk | "readonly":false | "readonly":true | CRITICAL | the root disk is mounted read-only
                    inodes | "inodes":3 | "inodes":96 | CRITICAL | 96 % in use, under 95 % expected
                    inodes | "inodes":3 | "inodes":null | NOT_APPLICABLE | the file system of / counts no inodes
                    memory | "available":512000 | "available":90000 | WARN | 87 MiB available, better 96
                    memory | "available":512000 | "available":40000 | CRITICAL | 39 MiB available, at least 48 expected
                    load | "load":0.50 | "load":20 | WARN | 10.0 per core, at most 8.0 expected
                    clock | 1795372352520 | 1795372350520 | OK | 1.0 s off the worker's
                    clock | 1795372352520 | 1795372347520 | WARN | 4.0 s off the worker's, better under 2 s
                    clock | 1795372352520 | 1795372452520 | CRITICAL | 99.0 s off the worker's, at most 30 s expected
                    error-log | "lines":0 | "lines":11 | WARN | 11 lines of level error or worse since boot, at most 10 expected
                    smart | "na":"paravirtual disks only: vda" | "disk":"sda","ok":false | CRITICAL | the disk reports a failure: sda
                    smart | "na":"paravirtual disks only: vda" | "error":"sda: smartctl exit 2" | UNKNOWN | could not be read: sda: smartctl exit 2
                    ecc | "na":"virtual machine (kvm): memory errors are its host's" | "corrected":3,"uncorrected":0 | WARN | 3 corrected memory errors, none expected
                    ecc | "na":"virtual machine (kvm): memory errors are its host's" | "corrected":3,"uncorrected":1 | CRITICAL | 1 memory errors that could not be corrected, none expected
                    temperature | "na":"no sensor is shown to this machine (kvm)" | "milli":91000 | CRITICAL | 91 °C at the hottest sensor, under 85 expected
                    temperature | "na":"no sensor is shown to this machine (kvm)" | "milli":78000 | WARN | 78 °C at the hottest sensor, better under 75
                    cpu-flags | vme aes sse4_2 | vme sse4_2 | CRITICAL | the CPU lacks aes
                    cores | "cores":2 | "cores":0 | CRITICAL | 0, at least 1 expected
                    memory-size | "total":1024000 | "total":204800 | CRITICAL | 200 MiB, at least 400 expected
                    cpu-time | "cpu":18100 | "cpu":null | UNKNOWN | could not be timed
                    fsync-time | "fsync":1400 | "fsync":48000 | WARN | median of five 48.0 ms, over 25 ms, and no member to compare with
                    packages | "manifest":"aaaaaaaaaaaa | "manifest":"bbbbbbbbbbbb | CRITICAL | /var/lib/sluice/manifest is bbbbbbbbbbbb, the approved template's is aaaaaaaaaaaa
                    """)
    void oneFaultChangesItsCheck(String check, String from, String to, CheckStatus status, String says) {
        assertThat(GateJudge.judge(InspectionFixtures.with(from, to)).results())
                .contains(new CheckResult(check, status, says));
    }

    /** T-H2: what has not started yet may start by itself. */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    http | "path":"/health","exit":0,"status":200 | "path":"/health","exit":0,"status":503 | 8080/health answered 503, expected 200
                    http | "path":"/health","exit":0 | "path":"/health","exit":7 | 8080/health refuses the connection
                    health | "health","exit":0 | "health","exit":7 | a proxy's health check, GET /health for the host 10.0.0.1:8080, refuses the connection
                    ports | 10.0.0.1:8080 | 127.0.0.1:8080 | nothing listens on 10.0.0.1:8080
                    """)
    void marksAStateThatMayPass(String check, String from, String to, String says) {
        assertThat(GateJudge.judge(InspectionFixtures.with(from, to)).results())
                .contains(new CheckResult(check, CheckStatus.CRITICAL, says, true));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    machine-id | e708ba7abef8414189c24c23a7300593 | E708ba7abef8414189c24c23a7300593 | OK | e708ba7abef8414189c24c23a7300593, its own, unlike those of 1 other members
                    cpu-model | AMD EPYC | Other CPU | WARN | is 'AMD EPYC', expected 'Other CPU'
                    packages-of-members | "digest":"aaaa | "digest":"bbbb | WARN | not equal to hello-app-2: one of them drifted
                    packages-of-members | "manifest":"aaaa | "manifest":"bbbb | NOT_APPLICABLE | no other member of this template
                    packages-of-members | "count":5 | "count":4 | OK | equal to 1 other members of this template
                    fsync-time | "fsync":1400 | "fsync":100 | OK | median of five 1.4 ms, members' median 0.1 ms
                    cpu-time | "cpu":18100 | "cpu":100 | OK | median of five 18.1 ms, members' median 0.1 ms
                    """)
    void differingSiblingChangesItsCheck(String check, String from, String to, CheckStatus status, String says) {
        assertThat(GateJudge.judge(InspectionFixtures.beside(from, to)).results())
                .contains(new CheckResult(check, status, says));
    }

    @Test
    void sharedMachineIdOrHostKeyClosesTheGate() {
        String same = InspectionFixtures.changed("\"count\":5", "\"count\":5")
                .replace("AAAAown", "AAAA" + "other")
                .replace("e708ba7abef8414189c24c23a7300593", "0".repeat(32));
        InspectionInput shared =
                InspectionFixtures.of(same, Map.of(new NodeName("hello-app-2"), InspectionFixtures.RECORDED));
        assertThat(GateJudge.judge(shared).failures().stream().map(CheckResult::says))
                .containsExactly(
                        "0".repeat(32) + " is also the machine-id of hello-app-2",
                        "a host key on its disk is also that of hello-app-2");
    }

    @Test
    void timingClosesTheGateOnlyAboveMedianAndFloor() {
        InspectionInput slow = InspectionFixtures.of(
                InspectionFixtures.changed("\"fsync\":1400", "\"fsync\":48000"),
                Map.of(new NodeName("hello-app-2"), InspectionFixtures.RECORDED));
        assertThat(GateJudge.judge(slow).failures())
                .containsExactly(new CheckResult(
                        "fsync-time",
                        CheckStatus.CRITICAL,
                        "median of five 48.0 ms, members' median 1.4 ms, at most 25.0 ms expected"));
        InspectionInput busy = InspectionFixtures.of(
                InspectionFixtures.changed("\"fsync\":1400", "\"fsync\":48000"),
                Map.of(new NodeName("hello-app-2"), InspectionFixtures.changed("\"fsync\":1400", "\"fsync\":30000")));
        assertThat(GateJudge.judge(busy).failures()).isEmpty();
    }

    @Test
    void namesDifferingPackagesWithBothVersions() {
        String lines = """
                {"c":"package","name":"adduser","template":"-","node":"7.88"}
                {"c":"package","name":"apache2","template":"2.4.67-1","node":"2.4.66-1"}
                {"c":"end","n":20}""";
        InspectionInput drifted = InspectionFixtures.of(
                InspectionFixtures.changed("\"digest\":\"aaaa", "\"digest\":\"bbbb")
                        .replace("{\"c\":\"end\",\"n\":18}", lines),
                Map.of());
        assertThat(GateJudge.judge(drifted).failures())
                .containsExactly(
                        new CheckResult(
                                "packages",
                                CheckStatus.CRITICAL,
                                "differs from the template: apache2 is 2.4.66-1, expected 2.4.67-1; adduser is 7.88, expected not installed"));
    }

    @Test
    void missingAnswerIsUnknownAndClosesTheGate() {
        String silent = InspectionFixtures.RECORDED.replaceAll("(?m)^\\{\"c\":\"(disk|http|closed)\".*\\n", "");
        InspectionInput given = InspectionFixtures.of(silent.replace("\"n\":18", "\"n\":15"), Map.of());
        assertThat(GateJudge.judge(given).failures().stream().map(CheckResult::check))
                .containsExactly("closed-ports", "http", "disk", "inodes");
    }

    @Test
    void cutOffOutputIsALostCommandAndBannersAreIgnored() {
        assertThatThrownBy(() -> InspectionFixtures.with("{\"c\":\"end\",\"n\":18}", ""))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo("COMMAND_LOST"));
        assertThatThrownBy(() -> InspectionFixtures.with("\"n\":18", "\"n\":19"))
                .isInstanceOf(ApplicationFailure.class);
        assertThat(GateJudge.judge(InspectionFixtures.of("Welcome to {c}\n" + InspectionFixtures.RECORDED, Map.of()))
                        .opensGate())
                .isTrue();
    }
}
