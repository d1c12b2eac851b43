package dev.sluice.starter.run;

import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.report.BakeReport;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The parts that all reports have in common: groups of steps, and the outcome.
 *
 * @param change the report itself if it is a change's
 */
public record RunView(
        Optional<ChangeReport> change,
        List<StepGroup> parts,
        RunOutcome outcome,
        int exitCode,
        Optional<ChangeReport.PendingApproval> waiting,
        Optional<Sha256Digest> planDigest,
        String sentence) {
    public RunView {
        parts = List.copyOf(parts);
    }

    /**
     * The steps of one node, or of the run itself.
     *
     * @param retry the pending retry of the running step; empty if there is none, or if Temporal was not queried
     */
    public record StepGroup(
            Optional<String> node, List<StepReport> steps, List<CheckResult> closing, Optional<PendingRetry> retry) {
        public StepGroup {
            steps = List.copyOf(steps);
            closing = List.copyOf(closing);
        }

        private StepGroup(Optional<String> node, List<StepReport> steps, List<CheckResult> closing) {
            this(node, steps, closing, Optional.empty());
        }

        private StepGroup withRetry(Optional<PendingRetry> found) {
            return new StepGroup(node, steps, closing, found);
        }

        /** Returns the index of the running step, the last one of several; -1 if none is running. */
        public int running() {
            int at = steps.size() - 1;
            while (at >= 0 && steps.get(at).state() != StepReport.StepState.RUNNING) {
                at--;
            }
            return at;
        }
    }

    /** Returns the view with the pending retries of the running steps. */
    public RunView withRetries(Function<StepGroup, Optional<PendingRetry>> find) {
        List<StepGroup> completed = parts.stream()
                .map(part -> part.running() < 0 ? part : part.withRetry(find.apply(part)))
                .toList();
        return new RunView(change, completed, outcome, exitCode, waiting, planDigest, sentence);
    }

    /** Returns the view of a report; throws IllegalArgumentException for any other type. */
    public static RunView of(Object report) {
        if (report instanceof ChangeReport change) {
            return of(change);
        }
        if (report instanceof NodeReport node) {
            return of(node);
        }
        if (report instanceof BakeReport bake) {
            return of(bake);
        }
        throw new IllegalArgumentException("%s is not a report".formatted(report.getClass()));
    }

    private static RunView of(ChangeReport change) {
        List<StepGroup> parts = new ArrayList<>();
        if (!change.steps().isEmpty()) {
            parts.add(new StepGroup(Optional.empty(), change.steps(), List.of()));
        }
        change.nodes().forEach(node -> parts.add(part(node)));
        List<Integer> codes = new ArrayList<>();
        codes.add(ExitCode.of(change.outcome(), change.failure()));
        change.nodes().stream()
                .filter(node -> node.outcome() != RunOutcome.RUNNING)
                .forEach(node -> codes.add(ExitCode.of(node.outcome(), node.failure())));
        return new RunView(
                Optional.of(change),
                parts,
                change.outcome(),
                change.outcome() == RunOutcome.RUNNING ? ExitCode.WAITING : ExitCode.combined(codes),
                change.waiting(),
                change.planDigest(),
                change.sentence());
    }

    private static RunView of(NodeReport node) {
        return new RunView(
                Optional.empty(),
                List.of(part(node)),
                node.outcome(),
                ExitCode.of(node.outcome(), node.failure()),
                Optional.empty(),
                Optional.empty(),
                node.sentence());
    }

    private static RunView of(BakeReport bake) {
        return new RunView(
                Optional.empty(),
                List.of(new StepGroup(Optional.empty(), bake.steps(), List.of())),
                bake.outcome(),
                ExitCode.of(bake.outcome(), bake.failure()),
                Optional.empty(),
                Optional.empty(),
                bake.sentence());
    }

    private static StepGroup part(NodeReport node) {
        return new StepGroup(
                Optional.of(node.name().value()),
                node.steps(),
                node.verdict().map(Verdict::failures).orElse(List.of()));
    }
}
