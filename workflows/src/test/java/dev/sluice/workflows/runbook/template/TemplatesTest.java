package dev.sluice.workflows.runbook.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.workflows.BakeTemplate;
import dev.sluice.workflows.Templates;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.fake.DocumentPage;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TemplatesTest {
    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    private List<Template> templates(FakeWorld world, Optional<Long> image, String by) {
        return temporal.in(world)
                .stub(Templates.class, "templates")
                .run(TestPlans.HELLO, image, image.map(id -> new Approval(by, Instant.EPOCH, "works")));
    }

    @Test
    void approvesATemplateOnceAndListsTheTemplates() {
        FakeWorld world = FakeWorld.cluster();
        temporal.in(world).stub(BakeTemplate.class, "bake/hello/app").run(TestPlans.bake());
        int baked = world.calls.names().size();
        assertThat(templates(world, Optional.empty(), "")).hasSize(2);

        assertThat(approver(templates(world, Optional.of(8L), "ana"))).isEqualTo("ana");
        assertThat(approver(templates(world, Optional.of(8L), "bea"))).isEqualTo("ana");

        List<String> calls = world.calls.names();
        assertThat(calls.subList(baked + 1, baked + 3))
                .containsExactlyElementsOf(
                        DocumentPage.of("runbooks/templates.md").activities());
        temporal.replay("templates");
    }

    private static String approver(List<Template> templates) {
        return templates.stream()
                .filter(template -> template.image() == 8)
                .findFirst()
                .flatMap(Template::approval)
                .orElseThrow()
                .by();
    }

    @Test
    void refusesToApproveAnUnknownTemplate() {
        Throwable failed = catchThrowable(() -> templates(FakeWorld.cluster(), Optional.of(99L), "ana"));

        assertThat(TypedFailures.findTyped(failed).flatMap(TypedFailures::typeOf))
                .contains(FailureType.TEMPLATE_REFUSED);
    }
}
