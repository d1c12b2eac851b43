package dev.sluice.starter.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliRunner;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.temporal.TemporalClient;
import dev.sluice.workflows.KeepNode;
import dev.sluice.workflows.KeepNode.KeepPlan;
import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.report.ChangeReport;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each command against Temporal's test server, with a change that touches no world. */
final class CommandFlowTest {
    private static final String ID = "change/hello/app";

    private final TestWorkflowEnvironment environment = environment();
    private final CliRunner console = new CliRunner(settings ->
            new TemporalClient(environment.getWorkflowServiceStubs(), environment.getWorkflowClient(), "in process"));

    private static TestWorkflowEnvironment environment() {
        TestEnvironmentOptions.Builder options =
                TestEnvironmentOptions.newBuilder().setUseTimeskipping(false);
        SluiceAttributes.ALL.forEach(key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
        return TestWorkflowEnvironment.newInstance(options.build());
    }

    @BeforeEach
    void offersAChange() {
        Worker worker = environment.newWorker(WorkflowIds.TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(FakeChangeRole.class, FakeCheckExpiry.class, FakeKeepNode.class);
        worker.registerActivitiesImplementations(new FakeStep.FailsOnce());
    }

    @AfterEach
    void closes() {
        environment.close();
    }

    @Test
    void deployTellsEachStepOnceAndHowItEnded() {
        environment.start();

        CliOutcome answer = console.run("deploy", "--role", "app", "--reason", "works");

        assertThat(answer.code()).isZero();
        assertThat(answer.out()).contains("In service after 5.9 s.  hello / app has 4 members.");
        assertThat(answer.err())
                .containsPattern("^hello / app: hello-app-[a-z2-9]{4} into service, by ana: works\n")
                .contains("/workflows/change%2Fhello%2Fapp\n")
                .containsOnlyOnce("✔ clone ")
                .contains("hello / app: 3 members → 4.");
    }

    @Test
    void whatIsTriedAgainIsToldOnceWithItsReason() {
        environment.start();

        CliOutcome answer = console.run("deploy", "--role", "app", "--reason", "is tried again");

        assertThat(answer.code()).isZero();
        assertThat(answer.err())
                .containsOnlyOnce("⋯ check plan")
                .containsPattern("⋯ check plan .*   try 2.*: DigitalOcean asks to wait for 4 s\\.\n")
                .contains("✔ check plan");
    }

    @Test
    void programsAreToldOfEachTry() {
        environment.start();

        CliOutcome answer = console.run("deploy", "--role", "app", "--reason", "is tried again", "--output", "jsonl");

        assertThat(answer.out())
                .containsOnlyOnce("\"attempt\":2")
                .containsPattern("\"step\":\"check plan\",\"attempt\":2,\"next\":[^,]+,\"says\":\"DigitalOcean asks");
    }

    @Test
    void aClosedGateIsExitCodeOneWithTheReason() {
        environment.start();

        CliOutcome answer = console.run("deploy", "--role", "app", "--reason", "gate closed");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).contains("Not deployed, everything is as before.", "Why: hello-app-");
        assertThat(answer.err()).contains("✘ sanity gate", "packages      apache2 2.4.62");
    }

    @Test
    void whatIsLeftBehindIsExitCodeThree() {
        environment.start();

        CliOutcome answer = console.run("deploy", "--role", "app", "--reason", "left behind");

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.out()).contains("NOT restored.  Left behind: droplet 523441190", "sluice leaks --fix");
    }

    @Test
    void aFailureWithoutReportStillHasItsSentenceAndCode() {
        environment.start();

        CliOutcome answer = console.run("deploy", "--role", "app", "--reason", "no report");

        assertThat(answer.code()).isEqualTo(5);
        assertThat(answer.out()).contains("25 of 25 droplets are in use");
    }

    @Test
    void approvalAwayFromATerminalIsExitCodeSixAndTheApprovalIsAnswered() {
        environment.start();

        CliOutcome deploy = console.run("deploy", "--role", "app", "--reason", "waits");
        assertThat(deploy.code()).isEqualTo(6);
        Matcher run = Pattern.compile("sluice approve (change/hello/app@\\S+) --plan (\\S+)")
                .matcher(deploy.out());
        assertThat(run.find()).isTrue();

        CliOutcome second = console.run("deploy", "--role", "app");
        assertThat(second.code()).isEqualTo(5);
        assertThat(second.err())
                .contains(
                        "Refused: hello / app is being changed since 14:30:52 by ana (\"waits\"), now at approval.",
                        "Wait for it: add --wait");

        CliOutcome wrong = console.run("approve", run.group(1), "--plan", "123456", "--reason", "seen");
        assertThat(wrong.code()).isEqualTo(7);
        assertThat(wrong.err().lines()).contains("Refused: plan 7c19e2 is pending, not plan 123456");

        CliOutcome right = console.run("approve", run.group(1), "--plan", run.group(2), "--reason", "seen");
        assertThat(right.code()).isZero();
        assertThat(right.out()).contains("Plan 7c19e27c19e2 is approved by ana.");

        CliOutcome watch = console.run("watch", run.group(1));
        assertThat(watch.code()).isZero();
        assertThat(watch.out()).contains("In service after");

        CliOutcome late = console.run("approve", run.group(1), "--plan", run.group(2), "--reason", "seen");
        assertThat(late.code()).isEqualTo(7);
        assertThat(late.err()).contains("has ended (completed)");

        CliOutcome show = console.run("show", ID);
        assertThat(show.code()).isZero();
        assertThat(show.out()).contains("✔ probation", "In service after");
    }

    @Test
    void datesAreATableTheWorstFirstAndFindingsAreExitCodeEight() {
        environment.start();

        CliOutcome answer = console.run("expiry");

        assertThat(answer.code()).isEqualTo(8);
        assertThat(answer.out().lines())
                .containsExactly(
                        "   STATUS    WHAT         NAME               WHERE            UNTIL       RESULT",
                        "✘  critical  certificate  www.hello.example  203.0.113.5:443  2026-11-26  it ends in 4 days. Renew it with: certbot renew",
                        "✔  ok        domain       hello.example      rdap.example     2031-05-31  1650 days left",
                        "! the notice could not be sent: the webhook answers 500",
                        "1 finding.  The nearest date is 2026-11-26: certificate www.hello.example.");
        assertThat(console.run("expiry", "--output", "json").out()).contains("\"status\" : \"CRITICAL\"");
    }

    @Test
    void whatALookFoundIsShownLater() {
        environment.start();
        CliOutcome look = console.run("expiry");
        Matcher run = Pattern.compile("expiry%2F(hello)%2F([a-z0-9]+)").matcher(look.err());
        assertThat(run.find()).isTrue();

        CliOutcome show = console.run("show", "expiry/%s/%s".formatted(run.group(1), run.group(2)));

        assertThat(show.code()).isZero();
        assertThat(show.out()).isEqualTo(look.out());
    }

    @Test
    void aNodeThatIsKeptSaysUntilWhenAndWhatToDoWithIt() {
        environment.start();
        String id = "keep/hello/hello-app-k3f9";
        KeepNode keep = environment
                .getWorkflowClient()
                .newWorkflowStub(
                        KeepNode.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                                .setWorkflowId(id)
                                .build());
        NodeRef node = new NodeRef(new ClusterName("hello"), Role.APP, new NodeName("hello-app-k3f9"), "");
        WorkflowExecution unused = WorkflowClient.start(
                keep::run, new KeepPlan(node, Duration.ofHours(1), "failed to be deployed", Optional.empty()));

        CliOutcome show = console.run("show", id);

        assertThat(show.code()).isZero();
        assertThat(show.out())
                .contains(
                        "hello-app-k3f9 is kept, out of traffic, until 2026-11-22 15:31:07 UTC, then destroyed: it failed to be deployed.",
                        "Log in: sluice ssh hello-app-k3f9",
                        "Evidence: sluice show node/hello/hello-app-k3f9",
                        "Destroy it now: sluice cancel " + id + "@");
    }

    @Test
    void withoutAWorkerTheChangeIsRecordedAndExitCodeIsSix() {
        CliOutcome deploy = console.run("deploy", "--role", "app", "--reason", "works");
        assertThat(deploy.code()).isEqualTo(6);
        assertThat(deploy.err())
                .contains(
                        "No worker answers on task queue \"sluice\" at in process",
                        "The run is recorded and starts when one does.",
                        "Start one: ./sluice worker");

        CliOutcome approve = console.run("approve", ID, "--plan", "7c19e2", "--reason", "seen");
        assertThat(approve.code()).isEqualTo(6);
        assertThat(approve.err()).contains("Temporal holds your approval");

        environment.start();
        assertThat(console.run("watch", ID).code()).isZero();
    }

    @Test
    void onlyARunThatLooksHasATimeLimit() {
        console.run("eject", "hello-app-k7mq", "--reason", "slow");
        console.run("leaks", "--fix", "--reason", "tidy");

        assertThat(limit("eject/hello/hello-app-k7mq")).isNotEqualTo(60);
        assertThat(limit("leaks/hello")).isNotEqualTo(60);
    }

    private long limit(String id) {
        return environment
                .getWorkflowClient()
                .fetchHistory(id)
                .getEvents()
                .get(0)
                .getWorkflowExecutionStartedEventAttributes()
                .getWorkflowExecutionTimeout()
                .getSeconds();
    }

    @Test
    void aTerminatedRunIsExitCodeThree() {
        environment.start();
        assertThat(console.run("deploy", "--role", "app", "--reason", "waits").code())
                .isEqualTo(6);
        environment.getWorkflowClient().newUntypedWorkflowStub(ID).terminate("by hand");

        CliOutcome watch = console.run("watch", ID);

        assertThat(watch.code()).isEqualTo(3);
        assertThat(watch.out()).contains("ended from outside (terminated)", "sluice leaks");
    }

    @Test
    void aCancelledRunThatLeftNothingIsExitCodeOne() {
        environment.start();
        assertThat(console.run("deploy", "--role", "app", "--reason", "waits").code())
                .isEqualTo(6);

        CliOutcome cancel = console.run("cancel", ID, "--reason", "not today");
        assertThat(cancel.code()).isZero();
        assertThat(cancel.out()).contains("Cancellation requested", "sluice watch " + ID + "@");

        assertThat(environment.getWorkflowClient().newUntypedWorkflowStub(ID).getResultAsync(ChangeReport.class))
                .failsWithin(Duration.ofSeconds(10));
        CliOutcome watch = console.run("watch", ID);
        assertThat(watch.code()).isEqualTo(1);
        assertThat(watch.out()).contains("the run was cancelled");
    }

    @Test
    void anUnknownRunIsExitCodeTwo() {
        environment.start();

        CliOutcome answer = console.run("show", "change/hello/proxy");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("Temporal has no", "change/hello/proxy", "sluice list");
    }

    @Test
    void jsonIsTheReportAndJsonLinesAreItsSteps() {
        environment.start();

        CliOutcome json = console.run("deploy", "--role", "app", "--reason", "works", "--output", "json");
        assertThat(json.code()).isZero();
        assertThat(json.out()).startsWith("{").contains("\"outcome\" : \"DONE\"");

        CliOutcome lines = console.run("deploy", "--role", "app", "--reason", "works", "--output", "jsonl");
        assertThat(lines.out().lines()).hasSizeGreaterThan(3).allMatch(line -> line.startsWith("{"));
        assertThat(lines.out()).contains("\"step\":\"clone\",\"state\":\"DONE\"");
    }

    @Test
    void onATerminalTheRegionIsDrawnAgain() {
        environment.start();

        CliOutcome answer = console.onTerminal().run("deploy", "--role", "app", "--reason", "gate closed");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("\u001b[31m", "✘ sanity gate");
        assertThat(console.with("NO_COLOR", "1")
                        .run("deploy", "--role", "app", "--reason", "gate closed")
                        .err())
                .doesNotContain("\u001b[31m");
    }
}
