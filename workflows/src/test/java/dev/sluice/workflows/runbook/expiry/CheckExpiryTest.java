package dev.sluice.workflows.runbook.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.workflows.BakeTemplate;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.CheckExpiry;
import dev.sluice.workflows.CheckExpiry.ExpiryPlan;
import dev.sluice.workflows.CheckExpiry.ExpiryReport;
import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.activity.NoticeActivities.Notice;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.DocumentPage;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.RegistryAnswer;
import dev.sluice.workflows.model.check.RegistryAnswer.RegistryOutcome;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.plan.BakePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ApprovalTerms;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckExpiryTest {
    private static final String NEW = "hello-new-k3f9";

    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    private int runs;

    private static FakeWorld world() {
        return new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withProxy("hello-proxy-b", NodeState.QUARANTINE)
                .withApp("hello-app-2mq8", NodeState.IN_SERVICE);
    }

    private static ExpiryFinding certificate(CheckStatus status, Instant until) {
        return new ExpiryFinding(
                ExpiryFinding.ExpiryKind.CERTIFICATE,
                "www.hello.example",
                "203.0.113.5:443",
                status,
                Optional.of(until),
                "says");
    }

    private RegistryAnswer registry(Duration left) {
        Instant now = temporal.now();
        return new RegistryAnswer(
                "hello.example",
                RegistryOutcome.DATE,
                "rdap.example",
                now,
                Optional.empty(),
                Optional.of(now.plus(left)),
                Optional.of(now),
                List.of(),
                "");
    }

    private ExpiryReport check(FakeWorld world, boolean tell) {
        return temporal.in(world)
                .stub(CheckExpiry.class, "expiry/hello/" + runs++)
                .run(new ExpiryPlan(TestPlans.WATCHED, tell));
    }

    @Test
    void runsTheActivitiesOfItsPage() {
        FakeWorld world = world();
        world.registries.add(registry(Duration.ofDays(300)));

        check(world, true);

        assertThat(world.calls.names())
                .containsExactly(
                        "Cloud.ListNodes",
                        "Expiry.Certificates",
                        "Expiry.Registries",
                        "Cloud.ListTemplates",
                        "Runs.Stuck",
                        "Notice.Tell");
        assertThat(DocumentPage.of("runbooks/check-expiry.md").activities())
                .startsWith(world.calls.names().toArray(String[]::new));
    }

    @Test
    void checksNamesAtProxiesThatMayFaceClients() {
        FakeWorld world = world();

        check(world, false);

        assertThat(world.asked)
                .singleElement()
                .satisfies(order -> assertThat(order.proxies())
                        .extracting(proxy -> proxy.name().value())
                        .containsExactly("hello-proxy-a"));
    }

    @Test
    void putsTheWorstFirstAndTheNearestDateIntoTheSearchAttribute() {
        FakeWorld world = world();
        Instant near = Instant.ofEpochSecond(temporal.now().getEpochSecond()).plus(Duration.ofDays(3));
        world.certificates.add(certificate(CheckStatus.OK, near.plusSeconds(9)));
        world.certificates.add(certificate(CheckStatus.CRITICAL, near));
        world.registries.add(registry(Duration.ofDays(300)));
        world.stuckRuns.add("change/hello/app");

        String id = "expiry/hello/" + runs;
        ExpiryReport report = check(world, false);

        assertThat(report.findings())
                .extracting(one -> one.status() + " " + one.kind() + " " + one.name())
                .containsExactly(
                        "CRITICAL CERTIFICATE www.hello.example",
                        "CRITICAL RUN change/hello/app",
                        // The templates of the fakes are from 1970.
                        "CRITICAL TEMPLATE hello-app 2026-11-20");
        assertThat(temporal.client()
                        .newUntypedWorkflowStub(id)
                        .describe()
                        .getTypedSearchAttributes()
                        .get(SluiceAttributes.EXPIRES_AT))
                .isEqualTo(near.atOffset(ZoneOffset.UTC));
        assertThat(world.notices).isEmpty();
    }

    @Test
    void reportsAnUnreadablePartAsAFindingAndChecksTheOthers() {
        FakeWorld world = world();
        world.calls.breaks("Expiry.Certificates", CallFault.FAILS_BEFORE_EFFECT);
        world.registries.add(registry(Duration.ofDays(20)));

        ExpiryReport report = check(world, false);

        assertThat(report.findings())
                .extracting(one -> one.status() + " " + one.kind())
                .contains("UNKNOWN CERTIFICATE", "WARN DOMAIN");
    }

    @Test
    void notifiesOnceADayAndOfUnknownFromTheSecondTimeOn() {
        FakeWorld world = world();
        Instant until = temporal.now().plus(Duration.ofDays(3));
        world.certificates.add(certificate(CheckStatus.CRITICAL, until));
        world.certificates.add(new ExpiryFinding(
                ExpiryFinding.ExpiryKind.CERTIFICATE,
                "api.hello.example",
                "DNS",
                CheckStatus.UNKNOWN,
                Optional.empty(),
                "silent"));
        world.registries.add(registry(Duration.ofDays(300)));
        temporal.in(world);
        WorkflowStub hourly = temporal.client()
                .newUntypedWorkflowStub(
                        "CheckExpiry",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                                .setWorkflowId("expiry/hello/hourly")
                                .setCronSchedule("0 * * * *")
                                .build());
        hourly.start(new ExpiryPlan(TestPlans.WATCHED, true));
        temporal.passes(Duration.ofHours(22));
        hourly.terminate("seen");

        List<String> told = world.notices.stream()
                .flatMap(notice -> notice.lines().stream()
                        .map(line -> LocalDate.ofInstant(notice.at(), ZoneOffset.UTC) + " " + line))
                .toList();
        assertThat(told).doesNotHaveDuplicates();
        assertThat(world.notices.get(0).lines()).hasSize(2).noneMatch(line -> line.contains("api.hello.example"));
        assertThat(told).anyMatch(line -> line.endsWith("unknown: certificate api.hello.example (DNS): silent"));
        assertThat(world.calls.names().stream().filter("Expiry.Certificates"::equals))
                .hasSizeGreaterThan(15);
        assertThat(world.calls.names().stream().filter("Expiry.Registries"::equals))
                .as("a registry's answer is kept a day")
                .hasSize(1);
    }

    @Test
    void leavesStuckRunsToTheSweepExceptAStuckSweep() {
        FakeWorld world = world();
        world.stuckRuns.add("change/hello/app");
        world.stuckRuns.add("sweep/hello-2026-11-28T09:00:00Z");
        world.registries.add(registry(Duration.ofDays(300)));

        ExpiryReport report = check(world, true);

        assertThat(report.findings()).extracting(ExpiryFinding::name).contains("change/hello/app");
        assertThat(world.notices)
                .singleElement()
                .satisfies(told -> assertThat(told.lines())
                        .noneMatch(line -> line.contains("change/hello/app"))
                        .anyMatch(line -> line.contains("run sweep/hello-2026-11-28T09:00:00Z")));
        temporal.replay("expiry/hello/" + (runs - 1));
    }

    @Test
    void notesAFailedWebhookAndEndsNormally() {
        FakeWorld world = world();
        world.certificates.add(certificate(CheckStatus.CRITICAL, temporal.now()));
        world.calls.breaks("Notice.Tell", CallFault.FAILS_BEFORE_EFFECT);

        ExpiryReport report = check(world, true);

        assertThat(report.notes()).singleElement().asString().startsWith("the notice could not be sent: ");
        assertThat(report.told()).isEmpty();
    }

    @Test
    void notifiesOfAFailedAndOfAWaitingChange() {
        FakeWorld world = world().closesGate("http", "503");

        Throwable failed = catchThrowable(() -> temporal.in(world)
                .stub(ChangeRole.class, "change/hello/app")
                .run(TestPlans.told(
                        Optional.of(new ApprovalTerms(false, temporal.now().plus(Duration.ofHours(1)))), NEW)));
        Throwable ended = catchThrowable(
                () -> temporal.stub(ChangeRole.class, "change/hello/app").run(TestPlans.told(Optional.empty(), NEW)));

        assertThat(failed).isNotNull();
        assertThat(ended).isNotNull();
        assertThat(world.notices).extracting(Notice::event).containsExactly("approval-waits", "change-failed");
        assertThat(world.notices.get(0).lines())
                .anyMatch(line -> line.startsWith("sluice approve change/hello/app --plan "));
        assertThat(world.notices.get(1).title()).isEqualTo("hello: change/hello/app failed; everything is as before");
        assertThat(world.calls.names()).doesNotContain("Schedules.Set");
    }

    @ParameterizedTest
    @CsvSource({
        "Node.RunRecipe, FAILS_BEFORE_EFFECT, failed; everything is as before",
        "Cloud.SnapshotNode, ANSWER_LOST, failed and is NOT restored"
    })
    void notifiesOfAFailedBake(String activity, CallFault fault, String says) {
        FakeWorld world = world();
        world.calls.breaks(activity, fault);
        BakePlan asked = TestPlans.bake();

        Throwable ended = catchThrowable(() -> temporal.in(world)
                .stub(BakeTemplate.class, "bake/hello/app")
                .run(new BakePlan(
                        TestPlans.WATCHED,
                        asked.role(),
                        asked.machine(),
                        asked.title(),
                        asked.by(),
                        asked.reason(),
                        asked.asked())));

        assertThat(ended).isNotNull();
        assertThat(world.notices).singleElement().satisfies(told -> {
            assertThat(told.event()).isEqualTo("bake-failed");
            assertThat(told.title()).isEqualTo("hello: bake/hello/app " + says);
            assertThat(told.lines()).contains("sluice show bake/hello/app");
        });
        temporal.replay("bake/hello/app");
    }

    @Test
    void finishedChangeRenewsTheSchedulesAndNotifiesOfNothing() {
        FakeWorld world = world();

        temporal.in(world).stub(ChangeRole.class, "change/hello/app").run(TestPlans.told(Optional.empty(), NEW));

        assertThat(temporal.history("change/hello/app").asked()).endsWith("Schedules.Set");
        assertThat(world.notices).isEmpty();
    }
}
