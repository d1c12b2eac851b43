package dev.sluice.starter.command.cluster;

import dev.sluice.starter.TestReports;
import dev.sluice.workflows.BakeTemplate;
import dev.sluice.workflows.model.plan.BakePlan;
import dev.sluice.workflows.model.report.BakeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.NodeEvidence.EvidencePiece;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.model.report.StepReport.StepState;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;

/** A bake on no machine; its reason names the outcome, if that is another than DONE. */
public final class FakeBakeTemplate implements BakeTemplate {
    private BakeReport report = report(RunOutcome.RUNNING);

    @Override
    public BakeReport run(BakePlan plan) {
        switch (plan.reason()) {
            case "RESTORED", "NOT_RESTORED" -> {
                report = report(RunOutcome.valueOf(plan.reason()));
                throw ApplicationFailure.newBuilder()
                        .setMessage(report.sentence())
                        .setType(report.failure().map(FailureType::name).orElse(""))
                        .setNonRetryable(true)
                        .setDetails(report)
                        .build();
            }
            default -> report = report(RunOutcome.DONE);
        }
        return report;
    }

    private static BakeReport report(RunOutcome outcome) {
        boolean left = outcome == RunOutcome.NOT_RESTORED;
        boolean failed = left || outcome == RunOutcome.RESTORED;
        return new BakeReport(
                outcome,
                failed ? Optional.of(left ? FailureType.NOT_UNDONE : FailureType.COMMAND_FAILED) : Optional.empty(),
                List.of(TestReports.step(
                        Step.RECIPE, failed ? StepState.FAILED : StepState.DONE, 3000, "12 packages installed")),
                outcome == RunOutcome.DONE ? Optional.of(TestReports.template()) : Optional.empty(),
                new NodeEvidence(List.of(new EvidencePiece("recipe", "E: Unable to locate package"))),
                left ? List.of("droplet 523441190") : List.of(),
                failed ? "recipe ended with 100" : "");
    }

    @Override
    public BakeReport report() {
        return report;
    }
}
