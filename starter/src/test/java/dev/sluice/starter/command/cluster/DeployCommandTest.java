package dev.sluice.starter.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.TestReports;
import dev.sluice.starter.command.run.FakeChangeRole;
import dev.sluice.workflows.Templates;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ApprovalTerms;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How options become a plan, and how a change that does not run ends. */
final class DeployCommandTest {
    private static final String ID = "change/hello/app";

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    @TempDir
    Path directory = Path.of("");

    private ChangePlan deployed(String... options) {
        server.offer(FakeChangeRole.class);
        CliOutcome deploy = deploy(options);
        assertThat(deploy.code()).as(deploy.all()).isZero();
        return server.planOf(ID, ChangePlan.class);
    }

    private CliOutcome deploy(String... options) {
        return server.run(words(options));
    }

    private static String[] words(String... options) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("deploy", "--role", "app"), java.util.stream.Stream.of(options))
                .toArray(String[]::new);
    }

    @Test
    void plansOneNodeByDefault() {
        ChangePlan plan = deployed("--reason", "works");

        assertThat(plan.file()).isEqualTo(TestReports.file());
        assertThat(plan.role()).isEqualTo(Role.APP);
        assertThat(plan.kind()).isEqualTo(ChangeKind.DEPLOY);
        assertThat(plan.nodes())
                .singleElement()
                .extracting(NodeName::value, Assertions.as(org.assertj.core.api.InstanceOfAssertFactories.STRING))
                .matches("hello-app-[a-z2-9]{4}");
        assertThat(plan.by()).isEqualTo("ana");
        assertThat(plan.reason()).isEqualTo("works");
        assertThat(plan.asked()).isCloseTo(Instant.now(), Assertions.within(1, ChronoUnit.MINUTES));
        assertThat(plan.template()).isEmpty();
        assertThat(plan.approval()).isEmpty();
        assertThat(plan.withoutProxies()).isEmpty();
        assertThat(plan.keepFailed()).isEmpty();
        assertThat(plan.acceptConfig()).isFalse();
    }

    @Test
    void plansAsManyDifferentNodesAsCounted() {
        ChangePlan plan = deployed("--count", "3", "--reason", "works");

        assertThat(plan.nodes()).hasSize(3).doesNotHaveDuplicates();
        assertThat(server.attributeOf(ID, "SluiceNode")).isEmpty();
    }

    @Test
    void labelsTheRunWithClusterRoleAndNode() {
        ChangePlan plan = deployed("--reason", "works");

        assertThat(server.attributeOf(ID, "SluiceCluster")).contains("hello");
        assertThat(server.attributeOf(ID, "SluiceRole")).contains("app");
        assertThat(server.attributeOf(ID, "SluiceNode"))
                .contains(plan.nodes().get(0).value());
        assertThat(server.limitOf(ID)).isGreaterThan(Duration.ofDays(1));
    }

    @Test
    void passesTheOptionsOfAnExceptionalChange() {
        ChangePlan plan = deployed(
                "--without-proxy",
                "hello-proxy-abcd",
                "--without-proxy",
                "hello-proxy-efgh",
                "--keep-failed",
                "90m",
                "--accept-config",
                "--reason",
                "works");

        assertThat(plan.withoutProxies())
                .extracting(NodeName::value)
                .containsExactly("hello-proxy-abcd", "hello-proxy-efgh");
        assertThat(plan.keepFailed()).contains(Duration.ofMinutes(90));
        assertThat(plan.acceptConfig()).isTrue();
    }

    @Test
    void limitsAnApprovalToADayByDefault() {
        ApprovalTerms terms =
                deployed("--needs-approval", "--reason", "works").approval().orElseThrow();

        assertThat(terms.afterGate()).isFalse();
        assertThat(terms.until())
                .isCloseTo(Instant.now().plus(Duration.ofHours(24)), Assertions.within(1, ChronoUnit.MINUTES));
    }

    @Test
    void limitsAnApprovalAfterTheGateAsAsked() {
        ApprovalTerms terms = deployed("--approve-after-gate", "--approve-by", "2h", "--reason", "works")
                .approval()
                .orElseThrow();

        assertThat(terms.afterGate()).isTrue();
        assertThat(terms.until())
                .isCloseTo(Instant.now().plus(Duration.ofHours(2)), Assertions.within(1, ChronoUnit.MINUTES));
    }

    @ParameterizedTest
    @CsvSource({"171", "hello-app 2026-11-20"})
    void findsATemplateByIdAndByName(String named) {
        server.offer(Templates.class, () -> (cluster, image, approval) -> List.of(TestReports.template()));

        assertThat(deployed("--template", named, "--reason", "works").template())
                .contains(171L);
    }

    @Test
    void rejectsATemplateThatTheRoleDoesNotHave() {
        server.offer(
                Templates.class, () -> (cluster, image, approval) -> List.of(TestReports.template(), proxyTemplate()));

        CliOutcome deploy = deploy("--template", "173");

        assertThat(deploy.code()).isEqualTo(2);
        assertThat(deploy.err())
                .contains("\"173\"", "171 (hello-app 2026-11-20)")
                .doesNotContain("hello-proxy");
        assertThat(server.knowsNo(ID)).isTrue();
    }

    @Test
    void namesTheCommandThatMakesAMissingTemplate() {
        server.offer(Templates.class, () -> (cluster, image, approval) -> List.of());

        CliOutcome deploy = deploy("--template", "171");

        assertThat(deploy.code()).isEqualTo(2);
        assertThat(deploy.err()).contains("sluice template bake --role app");
    }

    private static Template proxyTemplate() {
        Template app = TestReports.template();
        return new Template(
                173,
                "hello-proxy 2026-11-20",
                app.cluster(),
                Role.PROXY,
                app.manifest(),
                Optional.empty(),
                app.created(),
                25,
                app.regions());
    }

    @Test
    void rejectsARoleThatTheClusterFileDoesNotHave() throws IOException {
        Files.createDirectories(directory.resolve("proxy"));
        Files.writeString(directory.resolve("proxy/recipe.sh"), "#!/bin/sh\n");
        Files.writeString(directory.resolve("sluice.yaml"), """
                cluster: hello
                domain: hello.example
                service: www
                region: fra1
                roles: {proxy: {size: s-1vcpu-1gb, port: 443, checks: {}, bake: {image: debian-12-x64, recipe: proxy/recipe.sh}}}
                """);

        CliOutcome deploy = server.run(server.cli().in(directory), words());

        assertThat(deploy.code()).as(deploy.all()).isEqualTo(2);
        assertThat(deploy.err()).contains("hello", "role app");
        assertThat(server.knowsNo(ID)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "CLOUD_DENIED,4",
        "GUARD_REFUSED,5",
        "TEMPLATE_REFUSED,5",
        "PROXY_UNREACHABLE,5",
        "CONFIG_CHANGED,5",
        "APPROVAL_REJECTED,7",
        "APPROVAL_EXPIRED,7",
        "NOT_UNDONE,3",
        "SECRET_MISSING,2",
        "PLAN_INVALID,2",
        "CLOUD_REFUSED,1"
    })
    void exitsWithTheCodeOfTheFailure(String failure, int code) {
        server.offer(FailingChangeRole.class);

        CliOutcome deploy = deploy("--reason", failure);

        assertThat(deploy.code()).as(deploy.all()).isEqualTo(code);
        assertThat(deploy.out()).contains("measured 25, expected at most 24");
    }

    @Test
    void printsAFailureWithoutReportAsJson() {
        server.offer(FailingChangeRole.class);

        CliOutcome deploy = deploy("--reason", "GUARD_REFUSED", "--output", "json");

        assertThat(deploy.json().path("run").asText()).isEqualTo(ID);
        assertThat(deploy.json().path("exitCode").asInt()).isEqualTo(5);
        assertThat(deploy.json().path("sentence").asText()).contains("measured 25");
        assertThat(deploy.err()).contains(deploy.json().path("runId").asText().substring(30));
    }

    @Test
    void waitsUntilTheRunningChangeHasEnded() throws Exception {
        server.offer(FakeChangeRole.class);
        assertThat(deploy("--reason", "waits").code()).isEqualTo(6);
        String first = server.planOf(ID, ChangePlan.class).nodes().get(0).value();

        CompletableFuture<CliOutcome> second =
                CompletableFuture.supplyAsync(() -> deploy("--wait", "--reason", "works"));
        assertThat(server.run("approve", ID, "--plan", TestReports.PLAN.value(), "--reason", "seen")
                        .code())
                .isZero();

        assertThat(second.get(20, TimeUnit.SECONDS).code()).isZero();
        assertThat(server.planOf(ID, ChangePlan.class).nodes().get(0).value()).isNotEqualTo(first);
    }

    @Test
    void startsNothingWhenInterruptedWhileItWaits() {
        server.offer(FakeChangeRole.class);
        assertThat(deploy("--reason", "waits").code()).isEqualTo(6);

        CliOutcome second = server.run(server.cli().interruptedAt("Waiting"), words("--wait", "--reason", "works"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(second.code()).isEqualTo(130);
        assertThat(server.planOf(ID, ChangePlan.class).reason()).isEqualTo("waits");
    }

    @Test
    void refusesASecondChangeAlsoWithoutAWorker() {
        server.start(dev.sluice.workflows.ChangeRole.class, ID, TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE));

        CliOutcome deploy = deploy();

        assertThat(deploy.code()).isEqualTo(5);
        assertThat(deploy.err()).contains(ID, "--wait", "sluice watch " + ID + "@");
        assertThat(server.planOf(ID, ChangePlan.class).nodes()).containsExactly(TestReports.NODE);
    }
}
