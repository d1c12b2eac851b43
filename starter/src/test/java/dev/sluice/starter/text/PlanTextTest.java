package dev.sluice.starter.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.TestClusters;
import dev.sluice.starter.TestReports;
import dev.sluice.starter.text.PlanText.ChangePreview;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which template a plan would clone, and for what it would be refused. */
final class PlanTextTest {
    private static final ChangePlan PLAN = TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE);

    private static ChangePlan plan(Optional<Long> template, boolean acceptConfig, NodeName... withoutProxies) {
        return new ChangePlan(
                PLAN.file(),
                PLAN.role(),
                PLAN.kind(),
                PLAN.nodes(),
                template,
                PLAN.approval(),
                List.of(withoutProxies),
                PLAN.keepFailed(),
                acceptConfig,
                Optional.empty(),
                PLAN.by(),
                PLAN.reason(),
                PLAN.asked());
    }

    private static Template template(long image, Role role, boolean approved, int ageInDays, String... regions) {
        Template sample = TestReports.template();
        return new Template(
                image,
                "template " + image,
                sample.cluster(),
                role,
                sample.manifest(),
                approved ? sample.approval() : Optional.empty(),
                sample.created().minus(Duration.ofDays(ageInDays)),
                25,
                List.of(regions));
    }

    private static ClusterReport offering(Template... templates) {
        ClusterReport cluster = TestClusters.healthy();
        return new ClusterReport(
                cluster.at(),
                cluster.nodes(),
                cluster.proxies(),
                cluster.records(),
                List.of(templates),
                cluster.facts(),
                cluster.refusals(),
                cluster.unknown());
    }

    private static String text(ChangePlan plan, ClusterReport cluster) {
        return String.join("\n", PlanText.preview(plan, cluster).lines());
    }

    @Test
    void takesTheNewestApprovedTemplateOfTheRole() {
        ClusterReport cluster = offering(
                template(1, Role.APP, true, 30, "fra1"),
                template(2, Role.APP, true, 10, "fra1"),
                template(3, Role.APP, false, 5, "fra1"),
                template(4, Role.PROXY, true, 1, "fra1"));

        assertThat(text(PLAN, cluster))
                .contains("2 template 2")
                .doesNotContain("template 1", "template 3", "template 4");
        assertThat(PlanText.preview(PLAN, cluster).exitCode()).isZero();
    }

    @Test
    void refusesANamedTemplateThatIsNotApproved() {
        ChangePreview preview = PlanText.preview(
                plan(Optional.of(3L), false),
                offering(template(2, Role.APP, true, 10, "fra1"), template(3, Role.APP, false, 5, "fra1")));

        assertThat(preview.exitCode()).isEqualTo(5);
        assertThat(preview.refusals()).singleElement().asString().contains("3", "sluice template approve 3");
    }

    @Test
    void refusesATemplateOfAnotherRegion() {
        ChangePreview preview = PlanText.preview(PLAN, offering(template(2, Role.APP, true, 10, "ams3", "nyc1")));

        assertThat(preview.exitCode()).isEqualTo(5);
        assertThat(preview.refusals()).singleElement().asString().contains("template 2", "fra1", "ams3, nyc1");
    }

    @Test
    void refusesAnUnreachableProxyUnlessThePlanLeavesItOut() {
        ClusterReport healthy = TestClusters.healthy();
        ClusterReport cluster = new ClusterReport(
                healthy.at(),
                healthy.nodes(),
                List.of(new ProxyMembers(TestClusters.PROXY, Optional.of("timed out"), List.of())),
                healthy.records(),
                healthy.templates(),
                healthy.facts(),
                healthy.refusals(),
                healthy.unknown());

        assertThat(PlanText.preview(PLAN, cluster).refusals())
                .singleElement()
                .asString()
                .contains("hello-proxy-abcd", "timed out", "--without-proxy hello-proxy-abcd");
        assertThat(PlanText.preview(plan(Optional.empty(), false, TestClusters.PROXY), cluster)
                        .exitCode())
                .isZero();
    }

    @Test
    void showsAClusterFileThatDiffersFromTheLastChange() {
        ClusterReport healthy = TestClusters.healthy();
        NodeStatus node = healthy.nodes().get(1);
        NodeStatus changed = new NodeStatus(
                node.ref(),
                node.droplet(),
                node.node(),
                node.state(),
                node.template(),
                node.powered(),
                Optional.of("0123456789ab"),
                node.since());
        ClusterReport cluster = TestClusters.with(healthy, List.of(changed));

        assertThat(text(PLAN, cluster)).contains("0123456789ab", "--accept-config");
        assertThat(text(plan(Optional.empty(), true), cluster))
                .contains("0123456789ab")
                .doesNotContain("--accept-config");
        assertThat(text(PLAN, healthy)).doesNotContain("--accept-config");
    }

    @Test
    void showsQuotaAndWhatIsUnknown() {
        assertThat(text(PLAN, TestClusters.unknown("records: ns1\ntimed out")))
                .contains("4 of 25", "0.0089 USD", "  ? records: ns1 timed out");
    }
}
