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
                Optional.empty(),
                by,
                reason,
                Instant.EPOCH);
    }

    private static Sha256Digest of(ChangePlan plan) {
        return PlanDigest.of(plan, Optional.of(TestPlans.TEMPLATE));
    }

    @Test
    void isEqualForEqualPlans() {
        assertThat(of(plan("ana", "more room", Optional.empty(), "hello-app-k3f9")))
                .isEqualTo(of(PLAN));
    }

    @Test
    void differsForEveryValueThatAPersonApproves() {
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
                of(TestPlans.change(Role.APP, ChangeKind.DEPLOY, Optional.empty(), List.of(), true, "hello-app-k3f9")),
                PlanDigest.of(PLAN, Optional.empty()));

        assertThat(digests).doesNotHaveDuplicates();
    }

    private static Optional<ApprovalTerms> terms(boolean afterGate) {
        return Optional.of(new ApprovalTerms(afterGate, Instant.EPOCH.plusSeconds(60)));
    }

    @Test
    void separatesNeighbouringValues() {
        assertThat(of(plan("ana\n6:reason", "x", Optional.empty(), "hello-app-k3f9")))
                .isNotEqualTo(of(plan("ana", "6:reason\nx", Optional.empty(), "hello-app-k3f9")));
    }

    /** A running approval names such a digest: a renamed record, component or constant must not change it. */
    @Test
    void keepsThePinnedDigests() {
        ChangePlan full = new ChangePlan(
                TestPlans.FILE,
                Role.PROXY,
                ChangeKind.RETIRE,
                List.of(new NodeName("hello-proxy-a"), new NodeName("hello-proxy-b")),
                Optional.of(7L),
                terms(true),
                List.of(new NodeName("hello-proxy-c"), new NodeName("hello-proxy-d")),
                Optional.of(Duration.ofMinutes(90)),
                true,
                Optional.empty(),
                "bea",
                "äöü",
                Instant.parse("2026-11-20T10:15:30.123Z"));
        ChangePlan before = TestPlans.approved(false, Instant.parse("2026-11-22T18:00:00Z"), "hello-app-k3f9");

        assertThat(Stream.of(of(PLAN), PlanDigest.of(full, Optional.empty()), of(before), of(withFiles()))
                        .map(Sha256Digest::value))
                .containsExactly(
                        "fa77a9f62c22c98dc2042e4e5f6c47139cb9459a0b6e129ef2c3b9a40bf924a5",
                        "e3c3c6f0a950cea1dac73183cc2b95d6dca72bd7925d822bd3d075aab9499533",
                        "cf59767092f0bc0f79a52b290474f38ad691fcecd0895e996972fa21297b81df",
                        "dda92484fd7531cfe305a012a768d71914ef7bfabc5344e7c2395900956fde87");
    }

    /** The files count by the cluster file's digest alone. */
    private static ChangePlan withFiles() {
        return TestPlans.told(Optional.empty(), "hello-app-x7p2");
    }
}
