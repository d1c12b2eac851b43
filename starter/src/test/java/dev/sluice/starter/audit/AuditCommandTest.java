package dev.sluice.starter.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.TestClusters;
import dev.sluice.starter.TestReports;
import dev.sluice.starter.command.run.FakeChangeRole;
import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.RetireNode;
import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.plan.NodePlan;
import dev.sluice.workflows.model.plan.RetirePlan;
import dev.sluice.workflows.model.report.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which runs are audited and how the result is printed; RunAuditTest judges recorded histories. */
final class AuditCommandTest {
    private static final String NODE_RUN = "node/hello/hello-app-k3f9";
    private static final NodeRef REF = new NodeRef(TestReports.file().name(), Role.APP, TestReports.NODE, "run");

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    private void offerInspections() {
        server.offer(ShowCluster.class, () -> (file, plan) -> TestClusters.healthy())
                .offer(FindLeaks.class, () -> plan -> {
                    if (plan.fix()) {
                        throw new IllegalStateException("An audit changes nothing");
                    }
                    return new LeakReport(List.of());
                });
    }

    private void deployed(String reason) {
        offerInspections();
        server.offer(FakeDeployNode.class);
        server.start(
                DeployNode.class,
                NODE_RUN,
                new NodePlan(
                        TestReports.file(),
                        REF,
                        TestReports.template(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        "ana",
                        reason));
    }

    private static List<String> states(JsonNode audit) {
        List<String> states = new ArrayList<>();
        audit.path("promises")
                .forEach(promise -> states.add(promise.path("state").asText()));
        return states;
    }

    @Test
    void exitsWithEightIfANodeWasDeployedWithoutItsSteps() {
        deployed("no steps");
        server.awaitEnd(NODE_RUN);

        CliOutcome audit = server.run("audit", NODE_RUN, "--output", "json");

        assertThat(audit.code()).as(audit.all()).isEqualTo(8);
        JsonNode node = audit.json().path(0);
        assertThat(node.path("run").asText()).startsWith(NODE_RUN + "@");
        assertThat(states(node)).contains("BROKEN");
        assertThat(node.path("promises").path(0).path("words").asText()).contains(" ");
        assertThat(node.path("promises").path(0).path("evidence").asText()).contains(" ");
    }

    @Test
    void printsALineForEachCheckAndTheSum() {
        deployed("no steps");
        server.awaitEnd(NODE_RUN);
        long broken = states(
                        server.run("audit", NODE_RUN, "--output", "json").json().path(0))
                .stream()
                .filter(state -> state.equals("BROKEN"))
                .count();

        CliOutcome audit = server.run("audit", NODE_RUN);

        assertThat(audit.out().lines().filter(line -> line.startsWith("  ✘"))).hasSize((int) broken);
        assertThat(audit.out()).contains(broken + " broken", "sluice leaks");
    }

    @Test
    void auditsAChangeThatStartedNoNodeRun() {
        offerInspections();
        server.offer(FakeChangeRole.class);
        server.run("deploy", "--role", "app", "--reason", "works");

        CliOutcome audit = server.run("audit", "change/hello/app", "--output", "json");

        assertThat(audit.json().size()).isEqualTo(1);
        assertThat(audit.json().path(0).path("run").asText()).startsWith("change/hello/app@");
        assertThat(states(audit.json().path(0))).doesNotContain("UNKNOWN");
    }

    @Test
    void auditsARetirement() {
        offerInspections();
        server.offer(RetireNode.class, FakeRetireNode::new);
        server.start(
                RetireNode.class,
                NODE_RUN,
                new RetirePlan(TestReports.file(), REF, List.of(), false, "ana", "smaller cluster"));
        server.awaitEnd(NODE_RUN);

        CliOutcome audit = server.run("audit", NODE_RUN, "--output", "json");

        assertThat(audit.json().path(0).path("run").asText()).startsWith(NODE_RUN + "@");
        assertThat(states(audit.json().path(0))).containsExactly("DOES_NOT_APPLY", "DOES_NOT_APPLY", "KEPT");
        assertThat(audit.code()).isZero();
    }

    /** Retires nothing. */
    private static final class FakeRetireNode implements RetireNode {
        @Override
        public NodeReport run(RetirePlan plan) {
            return report();
        }

        @Override
        public NodeReport report() {
            return TestReports.done(TestReports.NODE);
        }
    }

    @Test
    void waitsForTheEndOfAnOpenRun() {
        deployed("waits");

        CliOutcome audit = server.run("audit", NODE_RUN);

        assertThat(audit.code()).isEqualTo(6);
        assertThat(audit.err()).contains("sluice watch " + NODE_RUN + "@");
    }

    @Test
    void rejectsARunThatChangesNothing() {
        server.start(EjectNode.class, "eject/hello/hello-app-k3f9", "any");

        CliOutcome audit = server.run("audit", "eject/hello/hello-app-k3f9");

        assertThat(audit.code()).isEqualTo(2);
        assertThat(audit.err()).contains("EjectNode");
    }

    @Test
    void rejectsAnUnknownRun() {
        CliOutcome audit = server.run("audit", NODE_RUN);

        assertThat(audit.code()).isEqualTo(2);
        assertThat(audit.err()).contains(NODE_RUN);
    }
}
