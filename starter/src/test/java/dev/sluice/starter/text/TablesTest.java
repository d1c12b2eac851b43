package dev.sluice.starter.text;

import static dev.sluice.starter.TestReports.CLOCK;
import static dev.sluice.starter.TestReports.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.TestReports;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.schedule.ScheduleStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Everything that is printed as columns. */
final class TablesTest {
    @Test
    void makesAColumnAsWideAsItsWidestCell() {
        assertThat(new TextTable()
                        .row("A", "B", "C")
                        .row("longer", "x", "last one")
                        .row("s", "", "")
                        .lines())
                .containsExactly("A       B  C", "longer  x  last one", "s");
        assertThat(new TextTable().lines()).isEmpty();
    }

    @Test
    void listsSchedulesWithTheirNextStart() {
        List<String> lines = ScheduleText.lines(
                List.of(
                        schedule("expiry", false, "resumed by ana"),
                        schedule("sweep", true, "paused by ana:\nmoving house")),
                CLOCK);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).matches("expiry +2 h +14:30 +16:30 +resumed by ana");
        assertThat(lines.get(2)).matches("sweep +2 h +14:30 +paused +paused by ana: moving house");
    }

    private static ScheduleStatus schedule(String name, boolean paused, String note) {
        return new ScheduleStatus(
                name,
                name + "/hello",
                Duration.ofHours(2),
                paused,
                note,
                Optional.of(START.plus(Duration.ofHours(2))),
                Optional.of(START),
                Optional.empty(),
                0,
                "");
    }

    @Test
    void namesTheCommandThatMakesSchedules() {
        assertThat(ScheduleText.lines(List.of(), CLOCK))
                .singleElement()
                .asString()
                .contains("sluice schedule set");
    }

    @Test
    void listsTheNewestTemplateFirst() {
        Template newest = TestReports.template();
        Template older = new Template(
                160,
                "hello-proxy 2026-10-01",
                newest.cluster(),
                Role.PROXY,
                newest.manifest(),
                Optional.empty(),
                START.minus(Duration.ofDays(52)),
                25,
                List.of("ams3", "fra1"));

        List<String> lines = TemplateText.lines(List.of(older, newest), CLOCK);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).matches("171 +app +hello-app 2026-11-20 +2026-11-22 +fra1 +.*ana: tested");
        assertThat(lines.get(2))
                .matches("160 +proxy +hello-proxy 2026-10-01 +2026-10-01 +ams3,fra1 +.*sluice template approve 160.*");
    }

    @Test
    void namesTheCommandThatMakesATemplate() {
        assertThat(TemplateText.lines(List.of(), CLOCK))
                .singleElement()
                .asString()
                .contains("sluice template bake --role app");
    }
}
