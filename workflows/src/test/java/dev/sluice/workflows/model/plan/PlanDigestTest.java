package dev.sluice.workflows.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan.ApprovalTerms;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanDigestTest {
    private static final ChangePlan PLAN = plan("ana", "more room", Optional.empty(), "hello-app-k3f9");

    private static ChangePlan plan(String by, String reason, Optional<Duration> keep, String... nodes) {
        return new ChangePlan(
                TestPlans.FILE,
                Role.APP,
                ChangeKind.DEPLOY,
                Stream.of(nodes).map(NodeName::new).toList(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                keep,
                false,
                by,
                reason,
                Instant.EPOCH);
    }

    private static Sha256Digest of(ChangePlan plan) {
        return PlanDigest.of(plan, Optional.of(TestPlans.TEMPLATE));
    }

    @Test
    void isTheSameForTheSamePlan() {
        assertThat(of(plan("ana", "more room", Optional.empty(), "hello-app-k3f9")))
                .isEqualTo(of(PLAN));
    }

    @Test
    void isAnotherForAnythingThatAPersonApproves() {
        List<Sha256Digest> digests = List.of(
                of(PLAN),
                of(plan("bea", "more room", Optional.empty(), "hello-app-k3f9")),
                of(plan("ana", "less room", Optional.empty(), "hello-app-k3f9")),
                of(plan("ana", "more room", Optional.of(Duration.ofHours(1)), "hello-app-k3f9")),
                of(plan("ana", "more room", Optional.empty(), "hello-app-x7p2")),
                of(plan("ana", "more room", Optional.empty(), "hello-app-k3f9", "hello-app-x7p2")),
                of(TestPlans.change(
                        Role.PROXY, ChangeKind.DEPLOY, Optional.empty(), List.of(), false, "hello-app-k3f9")),
                of(TestPlans.change(Role.APP, ChangeKind.RETIRE, Optional.empty(), List.of(), false, "hello-app-k3f9")),
                of(TestPlans.change(Role.APP, ChangeKind.DEPLOY, terms(false), List.of(), false, "hello-app-k3f9")),
                of(TestPlans.change(Role.APP, ChangeKind.DEPLOY, terms(true), List.of(), false, "hello-app-k3f9")),
                of(TestPlans.change(
                        Role.APP,
                        ChangeKind.DEPLOY,
                        Optional.empty(),
                        List.of(new NodeName("hello-proxy-b")),
                        false,
                        "hello-app-k3f9")),
                PlanDigest.of(PLAN, Optional.empty()));

        assertThat(digests).doesNotHaveDuplicates();
    }

    private static Optional<ApprovalTerms> terms(boolean afterGate) {
        return Optional.of(new ApprovalTerms(afterGate, Instant.EPOCH.plusSeconds(60)));
    }

    @Test
    void cannotBeMovedFromOneValueToTheNext() {
        assertThat(of(plan("ana\n6:reason", "x", Optional.empty(), "hello-app-k3f9")))
                .isNotEqualTo(of(plan("ana", "6:reason\nx", Optional.empty(), "hello-app-k3f9")));
    }
}
