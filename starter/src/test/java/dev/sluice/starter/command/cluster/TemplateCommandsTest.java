package dev.sluice.starter.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.TestReports;
import dev.sluice.workflows.BakeTemplate;
import dev.sluice.workflows.Templates;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.plan.BakePlan;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.RunOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateCommandsTest {
    private static final String BAKE = "bake/hello/proxy";

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    /** The worker's templates; an approval that is sent is stored, for image 171 only. */
    private void offerTemplates(Template... templates) {
        server.offer(
                Templates.class,
                () -> (cluster, image, approval) -> List.of(templates).stream()
                        .map(template ->
                                image.filter(id -> id == template.image()).isPresent()
                                        ? approvedBy(template, approval)
                                        : template)
                        .toList());
    }

    private static Template approvedBy(Template template, Optional<Approval> approval) {
        return new Template(
                template.image(),
                template.name(),
                template.cluster(),
                template.role(),
                template.manifest(),
                approval,
                template.created(),
                template.minimumDisk(),
                template.regions());
    }

    private static Template unapproved() {
        return approvedBy(TestReports.template(), Optional.empty());
    }

    private static Template older() {
        Template template = TestReports.template();
        return new Template(
                160,
                "hello-app 2026-10-01",
                template.cluster(),
                Role.APP,
                template.manifest(),
                Optional.empty(),
                template.created().minus(Duration.ofDays(50)),
                25,
                List.of("ams3", "fra1"));
    }

    @Test
    void listsTheNewestTemplateFirst() {
        offerTemplates(older(), TestReports.template());

        CliOutcome list = server.run("template", "list");

        assertThat(list.code()).as(list.all()).isZero();
        List<String> lines = list.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains("171", "app", "hello-app 2026-11-20", "2026-11-22", "fra1", "ana", "tested");
        assertThat(lines.get(2)).contains("160", "ams3,fra1", "sluice template approve 160");
    }

    @Test
    void namesTheCommandThatMakesTheFirstTemplate() {
        offerTemplates();

        CliOutcome list = server.run("template", "list");

        assertThat(list.code()).isZero();
        assertThat(list.out()).contains("sluice template bake --role app");
    }

    @Test
    void printsTemplatesAsJson() {
        offerTemplates(TestReports.template(), unapproved());

        JsonNode templates = server.run("template", "list", "--output", "json").json();

        assertThat(templates.size()).isEqualTo(2);
        assertThat(templates.path(0).path("image").asLong()).isEqualTo(171);
        assertThat(templates.path(0).path("role").asText()).isEqualTo("app");
        assertThat(templates.path(0).path("approval").path("by").asText()).isEqualTo("ana");
        assertThat(templates.path(0).path("manifest").isMissingNode()).isFalse();
        assertThat(templates.path(1).path("approval").isNull()).isTrue();
    }

    @Test
    void approvesInTheNameOfTheOperator() {
        offerTemplates(older(), unapproved());

        CliOutcome approve =
                server.run("template", "approve", "171", "--reason", "passed the load test", "--output", "json");

        assertThat(approve.code()).as(approve.all()).isZero();
        assertThat(approve.json().path("image").asLong()).isEqualTo(171);
        assertThat(approve.json().path("approval").path("by").asText()).isEqualTo("ana");
        assertThat(approve.json().path("approval").path("reason").asText()).isEqualTo("passed the load test");
    }

    @Test
    void namesTheCommandThatClonesAnApprovedTemplate() {
        offerTemplates(unapproved());

        CliOutcome approve = server.run("template", "approve", "171", "--reason", "tested");

        assertThat(approve.code()).isZero();
        assertThat(approve.out()).contains("hello-app 2026-11-20", "sluice deploy --role app");
    }

    @Test
    void rejectsTheApprovalOfAnUnknownTemplate() {
        offerTemplates(unapproved());

        CliOutcome approve = server.run("template", "approve", "999", "--reason", "tested");

        assertThat(approve.code()).isEqualTo(2);
        assertThat(approve.out()).isEmpty();
        assertThat(approve.err()).contains("hello", "999", "sluice template list");
    }

    @ParameterizedTest
    @CsvSource({
        "template approve 171,--reason",
        "template approve newest --reason x,newest",
        "template bake,--role",
        "template bake --role db,db",
        "template,Missing required subcommand",
        "template make,make"
    })
    void rejectsWrongUse(String words, String named) {
        CliOutcome wrong = server.run(words.split(" "));

        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains(named);
    }

    @Test
    void bakesOnAMachineOfTheRole() {
        server.offer(FakeBakeTemplate.class);

        CliOutcome bake = server.run("template", "bake", "--role", "proxy", "--reason", "security update");

        assertThat(bake.code()).as(bake.all()).isZero();
        assertThat(bake.out()).contains("171", "sluice template approve 171");
        BakePlan plan = server.planOf(BAKE, BakePlan.class);
        assertThat(plan.role()).isEqualTo(Role.PROXY);
        assertThat(plan.machine().value()).matches("hello-proxy-bake-[a-z2-9]{4}");
        assertThat(plan.title()).matches("hello-proxy \\d{4}-\\d\\d-\\d\\d \\d{4}");
        assertThat(plan.by()).isEqualTo("ana");
        assertThat(plan.reason()).isEqualTo("security update");
        assertThat(server.attributeOf(BAKE, "SluiceCluster")).contains("hello");
        assertThat(server.attributeOf(BAKE, "SluiceRole")).contains("proxy");
        assertThat(bake.err()).contains(plan.machine().value(), plan.title(), "✔ recipe");
    }

    @Test
    void printsTheBakeReportAsJson() {
        server.offer(FakeBakeTemplate.class);

        CliOutcome bake = server.run("template", "bake", "--role", "proxy", "--output", "json");

        assertThat(bake.json().path("outcome").asText()).isEqualTo("DONE");
        assertThat(bake.json().path("template").path("image").asLong()).isEqualTo(171);
        assertThat(bake.json().path("steps").path(0).path("step").asText()).isEqualTo("RECIPE");
    }

    @Test
    void reportsAFailedBakeWithItsExitCode() {
        server.offer(FakeBakeTemplate.class);

        CliOutcome restored = server.run("template", "bake", "--role", "proxy", "--reason", RunOutcome.RESTORED.name());
        assertThat(restored.code()).isEqualTo(FailureType.COMMAND_FAILED.exitCode());
        assertThat(restored.out()).contains("recipe ended with 100", "sluice show " + BAKE + "@");

        CliOutcome left = server.run("template", "bake", "--role", "proxy", "--reason", RunOutcome.NOT_RESTORED.name());
        assertThat(left.code()).isEqualTo(3);
        assertThat(left.out()).contains("NOT restored", "droplet 523441190", "sluice leaks --fix");
    }

    @Test
    void refusesASecondBakeOfTheRole() {
        server.start(BakeTemplate.class, BAKE, "any");

        CliOutcome bake = server.run("template", "bake", "--role", "proxy");

        assertThat(bake.code()).isEqualTo(5);
        assertThat(bake.err()).contains("hello / proxy", "sluice watch " + BAKE + "@");
    }

    @Test
    void listsNoTemplatesWithoutAWorker() {
        CliOutcome list = server.run(server.cli().waiting(Duration.ofMillis(300)), "template", "list");

        assertThat(list.code()).isEqualTo(6);
        assertThat(list.out()).isEmpty();
    }
}
