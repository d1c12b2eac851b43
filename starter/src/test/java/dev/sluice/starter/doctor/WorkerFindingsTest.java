package dev.sluice.starter.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.TestReports;
import dev.sluice.starter.doctor.DoctorFinding.FindingState;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.schedule.ScheduleStatus;
import dev.sluice.workflows.schedule.ScheduledRunbook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers, schedules, and what all findings come to. */
final class WorkerFindingsTest {
    private static final ClusterFile FILE = TestReports.file();

    private static DoctorFinding check(String... pollers) {
        return WorkerFindings.check(List.of(pollers), "1.2.0");
    }

    @Test
    void stopsWithoutAWorker() {
        assertThat(check().state()).isEqualTo(FindingState.STOPS);
        assertThat(check().says()).contains("./sluice worker");
    }

    @Test
    void isFineWithWorkersOfTheSameVersion() {
        DoctorFinding finding = check("sluice-worker 1.2.0 17@host-a", "sluice-worker 1.2.0 18@host-b", "odd name");

        assertThat(finding.state()).isEqualTo(FindingState.OK);
        assertThat(finding.says()).contains("3", "17@host-a", "18@host-b", "odd name");
    }

    @Test
    void warnsOfWorkersOfAnotherVersion() {
        DoctorFinding finding = check("sluice-worker 1.2.0 17@host-a", "sluice-worker 1.1.9 18@host-b");

        assertThat(finding.state()).isEqualTo(FindingState.WARN);
        assertThat(finding.says()).contains("version 1.2.0: 18@host-b;", "upgrade");
        assertThat(check("sluice-worker 1.1.9 a", "sluice-worker 1.1.8 b").says())
                .contains("version 1.2.0: a, b;");
    }

    private static ScheduleStatus schedule(String name, boolean paused) {
        return schedule(
                name,
                paused,
                ScheduledRunbook.findByName(name)
                        .orElseThrow()
                        .every()
                        .apply(FILE)
                        .orElse(Duration.ofMinutes(10)),
                ScheduledRunbook.findByName(name).orElseThrow().starts());
    }

    private static ScheduleStatus schedule(String name, boolean paused, Duration every, String starts) {
        return new ScheduleStatus(
                name,
                name + "/hello",
                every,
                paused,
                paused ? "paused by ana" : "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                starts);
    }

    @Test
    void listsSchedulesThatRun() {
        assertThat(ScheduleFindings.of(
                        FILE, List.of(schedule("expiry", false), schedule("check", false), schedule("sweep", false))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.state()).isEqualTo(FindingState.OK);
                    assertThat(finding.says()).contains("expiry every ", "sweep every 10 min");
                });
    }

    @Test
    void warnsOfEachPausedSchedule() {
        assertThat(ScheduleFindings.of(
                        FILE, List.of(schedule("expiry", true), schedule("check", false), schedule("sweep", true))))
                .hasSize(2)
                .allMatch(finding -> finding.state() == FindingState.WARN)
                .first()
                .satisfies(finding ->
                        assertThat(finding.says()).contains("paused by ana", "sluice schedule resume expiry"));
    }

    /** A watch that somebody deleted or replaced reports nothing, and nobody misses it. */
    @Test
    void namesSchedulesThatAreMissingOrChanged() {
        String starts = ScheduledRunbook.findByName("sweep").orElseThrow().starts();
        ScheduleStatus expiry = schedule("expiry", false);
        for (List<ScheduleStatus> changed : List.of(
                List.of(expiry),
                List.of(expiry, schedule("sweep", false, Duration.ofDays(30), starts)),
                List.of(expiry, schedule("sweep", false, Duration.ofMinutes(10), "Other on the queue other")))) {
            assertThat(ScheduleFindings.of(FILE, changed))
                    .filteredOn(finding -> finding.says().startsWith("sweep"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.state()).isEqualTo(FindingState.WARN);
                        assertThat(finding.says()).contains("sluice schedule set");
                    });
        }
        assertThat(ScheduleFindings.differing(FILE, List.of()))
                .extracting(DoctorFinding::says)
                .anyMatch(says -> says.startsWith("sweep is missing"));
    }

    @Test
    void namesTheCommandThatMakesSchedules() {
        assertThat(ScheduleFindings.of(FILE, List.of()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.says()).contains("sluice schedule set"));
    }

    @ParameterizedTest
    @CsvSource({"OK,0", "WARN,0", "UNKNOWN,0", "STOPS,8"})
    void exitsWithEightOnlyIfSomethingStopsADeployment(FindingState state, int code) {
        List<DoctorFinding> findings =
                List.of(DoctorFinding.ok("Java", "17"), new DoctorFinding("DNS", state, "measured\n2"));

        assertThat(DoctorFinding.exitCode(findings)).isEqualTo(code);
        assertThat(findings.get(1).line()).endsWith("  DNS                measured 2");
        assertThat(DoctorFinding.conclusion(findings).contains("sluice doctor")).isEqualTo(code == 8);
    }

    @Test
    void countsEachKindOfFinding() {
        List<DoctorFinding> findings = Stream.of(
                        FindingState.STOPS,
                        FindingState.STOPS,
                        FindingState.WARN,
                        FindingState.UNKNOWN,
                        FindingState.OK)
                .map(state -> new DoctorFinding("link", state, ""))
                .toList();

        assertThat(DoctorFinding.conclusion(findings))
                .contains("2 lines", "(no)", "1 line ", "(!!)", "1 link ", "(??)");
        assertThat(DoctorFinding.conclusion(List.of(DoctorFinding.ok("Java", "17"))))
                .doesNotContain("(no)", "(!!)", "(??)");
    }
}
