package dev.sluice.starter.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliOnRealServer;
import dev.sluice.starter.CliRunner;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.clusterfile.ClusterFiles;
import dev.sluice.workflows.CheckExpiry.ExpiryPlan;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.schedule.ClusterSchedules;
import dev.sluice.workflows.schedule.ScheduledRunbook;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleInfo;
import io.temporal.client.schedules.ScheduleUpdate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Schedules exist on a real server only. */
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
final class ScheduleCommandsTest {
    private static final Path SAMPLE = Path.of("src/test/resources/hello");

    @RegisterExtension
    static final CliOnRealServer SERVER = new CliOnRealServer();

    @TempDir
    Path directory = Path.of("");

    private static long used;

    private final CliRunner console = SERVER.cli();

    /** Temporal names a scheduled run by its second and drops a run whose name is open, so no two tests share a second. */
    @BeforeEach
    void hasNoSchedule() throws Exception {
        while (Instant.now().getEpochSecond() == used) {
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(console.in(without("expiry")).run("schedule", "set").code()).isZero();
        console.in(SAMPLE);
    }

    @AfterEach
    void hasUsedThisSecond() {
        used = Instant.now().getEpochSecond();
    }

    @Test
    void aScheduleCarriesTheClusterFileAndStartsAtOnce() throws Exception {
        CliOutcome made = console.run("schedule", "set");

        assertThat(made.out()).contains("expiry: created");
        assertThat(made.code()).isZero();
        assertThat(console.run("schedule", "list").out()).contains("expiry", "2 h");
        assertThat(carried()).isEqualTo(ClusterFiles.read(SAMPLE.resolve("sluice.yaml")));
        assertThat(action().getWorkflowType()).isEqualTo("CheckExpiry");
        startsReach(1);
    }

    @Test
    void keepsAPauseAndItsNoteOverRenewalAndUpgrade() throws Exception {
        console.run("schedule", "set");
        CliOutcome paused = console.run("schedule", "pause", "expiry", "--reason", "moving house");
        assertThat(paused.out())
                .contains("expiry is paused by ana: moving house.  Resume it: sluice schedule resume expiry");

        Path other = copy("every: 2h", "every: 3h");
        assertThat(console.in(other).run("schedule", "set").out()).contains("expiry: updated");
        asAnOlderWorkerMadeIt();
        new ClusterSchedules(SERVER.client()).refreshAll();

        assertThat(console.run("schedule", "list").out()).contains("3 h", "paused", "paused by ana: moving house");
        assertThat(action().getOptions().getTaskQueue()).isEqualTo("sluice");
        assertThat(carried().expiry().orElseThrow().every()).isEqualTo(Duration.ofHours(3));

        long before = starts();
        assertThat(console.run("schedule", "run", "expiry").code()).isZero();
        assertThat(console.run("schedule", "resume", "expiry").out()).contains("expiry is resumed by ana.");
        assertThat(console.run("schedule", "list").out())
                .contains("resumed by ana")
                .doesNotContain("paused");
        startsReach(before + 1);
    }

    @Test
    void theDoctorWarnsAboutAPausedSchedule() throws Exception {
        console.run("schedule", "set");
        assertThat(console.run("doctor").out())
                .contains("ok  schedules          expiry every 2 h, check every 60 s, sweep every 10 min");

        console.run("schedule", "pause", "sweep", "--reason", "moving house");

        assertThat(console.run("doctor").out())
                .contains("!!  schedules          sweep is paused and reports nothing: "
                        + "paused by ana: moving house.  Resume it: sluice schedule resume sweep")
                .doesNotContain("ok  schedules");
        console.run("schedule", "resume", "sweep");
    }

    @Test
    void removesSchedulesThatTheFileDoesNotNameAndReportsIt() throws Exception {
        console.run("schedule", "set");

        CliOutcome removed = console.in(without("expiry")).run("schedule", "set");

        assertThat(removed.out()).contains("expiry: removed, the cluster file has no such part");
        assertThat(console.run("schedule", "list").out()).contains("sweep").doesNotContain("expiry");
        CliOutcome pause = console.run("schedule", "pause", "expiry", "--reason", "x");
        assertThat(pause.code()).isEqualTo(2);
        assertThat(pause.err()).contains("hello has no schedule expiry.", "sluice schedule set");
        CliOutcome unknown = console.run("schedule", "run", "expirey");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("There is no schedule \"expirey\"; expected one of expiry");
    }

    /** Waits, because a schedule starts its run after the response; a start skipped for an open run also counts. */
    private static void startsReach(long count) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (starts() < count && System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(starts()).as("starts: %s", handle().describe().getInfo()).isGreaterThanOrEqualTo(count);
    }

    private static long starts() throws Exception {
        ScheduleInfo info = handle().describe().getInfo();
        return info.getNumActions() + info.getNumActionsSkippedOverlap();
    }

    private static ScheduleHandle handle() throws Exception {
        ClusterFile file = ClusterFiles.read(SAMPLE.resolve("sluice.yaml"));
        return new ClusterSchedules(SERVER.client())
                .handle(ScheduledRunbook.findByName("expiry").orElseThrow(), file.name());
    }

    private static ScheduleActionStartWorkflow action() throws Exception {
        return (ScheduleActionStartWorkflow) handle().describe().getSchedule().getAction();
    }

    private static ClusterFile carried() throws Exception {
        return action().getArguments().get(0, ExpiryPlan.class).file();
    }

    private static void asAnOlderWorkerMadeIt() throws Exception {
        handle().update(there -> {
            Schedule now = there.getDescription().getSchedule();
            ScheduleActionStartWorkflow action = (ScheduleActionStartWorkflow) now.getAction();
            return new ScheduleUpdate(Schedule.newBuilder(now)
                    .setAction(ScheduleActionStartWorkflow.newBuilder(action)
                            .setOptions(WorkflowOptions.newBuilder(action.getOptions())
                                    .setTaskQueue("old-queue")
                                    .build())
                            .build())
                    .build());
        });
        assertThat(action().getOptions().getTaskQueue()).isEqualTo("old-queue");
    }

    private Path without(String part) throws Exception {
        return copy("(?s)\n" + part + ":.*", "\n");
    }

    private Path copy(String from, String to) throws Exception {
        for (String name : List.of("app/site.conf.vm", "app/recipe.sh", "app/app.py", "proxy/recipe.sh")) {
            Files.createDirectories(directory.resolve(name).getParent());
            Files.write(directory.resolve(name), Files.readAllBytes(SAMPLE.resolve(name)));
        }
        String sample = Files.readString(SAMPLE.resolve("sluice.yaml"));
        Files.writeString(directory.resolve("sluice.yaml"), sample.replaceAll(from, to));
        return directory;
    }
}
