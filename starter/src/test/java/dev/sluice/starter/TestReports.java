package dev.sluice.starter;

import dev.sluice.starter.clusterfile.ClusterFiles;
import dev.sluice.starter.clusterfile.InvalidClusterFileException;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.model.report.StepReport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports as workflows make them, for tests. */
public final class TestReports {
    public static final Instant START = Instant.parse("2026-11-22T14:30:52Z");
    public static final Clock CLOCK = Clock.fixed(START.plusSeconds(15), ZoneOffset.UTC);
    public static final Sha256Digest PLAN = new Sha256Digest("7c19e2".repeat(10) + "abcd");
    public static final NodeName NODE = new NodeName("hello-app-k3f9");

    private TestReports() {}

    public static ClusterFile file() {
        try {
            return ClusterFiles.read(Path.of("src/test/resources/hello/sluice.yaml"));
        } catch (InvalidClusterFileException broken) {
            throw new IllegalStateException(broken);
        }
    }

    public static ChangePlan plan(ChangePlan.ChangeKind kind, NodeName... nodes) {
        return new ChangePlan(
                file(),
                Role.APP,
                kind,
                List.of(nodes),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                "ana",
                "more room before the sale",
                START);
    }

    public static Template template() {
        return new Template(
                171,
                "hello-app 2026-11-20",
                file().name(),
                Role.APP,
                PLAN,
                Optional.of(new Approval("ana", START, "tested")),
                START,
                25,
                List.of("fra1"));
    }

    /** A step that took so many milliseconds. */
    public static StepReport step(Step step, StepReport.StepState state, int milliseconds, String says) {
        return new StepReport(step, state, START, Optional.of(START.plusMillis(milliseconds)), says);
    }

    public static NodeReport node(
            NodeName name, RunOutcome outcome, Optional<FailureType> failure, String sentence, StepReport... steps) {
        return new NodeReport(
                name,
                outcome,
                failure,
                List.of(steps),
                Optional.empty(),
                outcome == RunOutcome.DONE ? Optional.empty() : Optional.of(verdict()),
                new NodeEvidence(List.of(new NodeEvidence.EvidencePiece("journal", "apache2: \u001b[31mbroken"))),
                outcome == RunOutcome.NOT_RESTORED ? List.of("droplet 523441190 (" + name + ")") : List.of(),
                sentence);
    }

    private static Verdict verdict() {
        return new Verdict(
                List.of(
                        new CheckResult("ports", dev.sluice.workflows.model.check.CheckStatus.OK, "8080 listens"),
                        new CheckResult(
                                "packages",
                                dev.sluice.workflows.model.check.CheckStatus.CRITICAL,
                                "apache2 2.4.62-1~deb12u1, siblings run 2.4.65-2~deb12u1")),
                Map.of());
    }

    public static ChangeReport change(
            ChangePlan plan, RunOutcome outcome, Optional<FailureType> failure, String sentence, NodeReport... nodes) {
        int done = (int) List.of(nodes).stream()
                .filter(node -> node.outcome() == RunOutcome.DONE)
                .count();
        return new ChangeReport(
                plan,
                Optional.of(template()),
                Optional.of(PLAN),
                Optional.empty(),
                Optional.empty(),
                3,
                3 + (plan.kind() == ChangePlan.ChangeKind.DEPLOY ? done : -done),
                outcome,
                failure,
                List.of(step(Step.CHECK_PLAN, StepReport.StepState.DONE, 200, "s-1vcpu-1gb in fra1, droplet 5 of 25")),
                List.of(nodes),
                START,
                outcome == RunOutcome.RUNNING ? Optional.empty() : Optional.of(START.plusMillis(5900)),
                sentence);
    }

    /** Returns a change whose first step is running. */
    public static ChangeReport checking(ChangePlan plan) {
        return new ChangeReport(
                plan,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                3,
                3,
                RunOutcome.RUNNING,
                Optional.empty(),
                List.of(new StepReport(Step.CHECK_PLAN, StepReport.StepState.RUNNING, START, Optional.empty(), "")),
                List.of(),
                START,
                Optional.empty(),
                "");
    }

    public static ChangeReport waiting(ChangePlan plan) {
        ChangeReport report = change(plan, RunOutcome.RUNNING, Optional.empty(), "");
        return new ChangeReport(
                plan,
                report.template(),
                report.planDigest(),
                Optional.of(new ChangeReport.PendingApproval(
                        "before anything is created", START, START.plusSeconds(3 * 3600))),
                Optional.empty(),
                3,
                3,
                RunOutcome.RUNNING,
                Optional.empty(),
                List.of(
                        report.steps().get(0),
                        new StepReport(
                                Step.APPROVAL,
                                StepReport.StepState.WAITING,
                                START,
                                Optional.empty(),
                                "before anything is created")),
                List.of(),
                START,
                Optional.empty(),
                "");
    }

    /** A node that went into service. */
    public static NodeReport done(NodeName name) {
        return node(
                name,
                RunOutcome.DONE,
                Optional.empty(),
                name + " is in service",
                step(Step.CLONE, StepReport.StepState.DONE, 1100, "droplet 523441190, 10.77.0.14"),
                step(Step.UPDATE_DNS, StepReport.StepState.NOT_NEEDED, 0, "app servers are not in DNS"),
                step(Step.PROBATION, StepReport.StepState.DONE, 2000, "41 pinned requests, 0 errors"));
    }

    /** A node that the gate kept out. */
    public static NodeReport keptOut(NodeName name) {
        return node(
                name,
                RunOutcome.RESTORED,
                Optional.of(FailureType.GATE_CLOSED),
                "%s is not deployed, everything is as before: %s is not fit to join: apache2 differs from the cluster's."
                        .formatted(name, name),
                step(Step.CLONE, StepReport.StepState.DONE, 1100, "droplet 523441190, 10.77.0.14"),
                step(Step.SANITY_GATE, StepReport.StepState.FAILED, 6200, "1 of 34 checks failed, 3 inspections"),
                step(
                        Step.CLONE,
                        StepReport.StepState.TAKEN_BACK,
                        800,
                        "droplet 523441190 destroyed, gone after 0.8 s"));
    }
}
