package dev.sluice.workflows;

import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.RegistryAnswer;
import dev.sluice.workflows.model.cluster.ClusterFile;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Looks at every date of a cluster that runs out: certificates, domains, templates. Short; changes nothing. */
@WorkflowInterface
public interface CheckExpiry {
    @WorkflowMethod
    ExpiryReport run(ExpiryPlan plan);

    /**
     * What to look at.
     *
     * @param tell whether findings go to the cluster's webhook: a person who looks reads them anyway
     */
    record ExpiryPlan(ClusterFile file, boolean tell) {}

    /**
     * Everything that was found, the worst first; the schedule's next run gets it handed over.
     *
     * @param answers what the registries said, to be asked again a day later
     * @param told findings that people were told of, by their key, and on which day
     * @param notes what did not work besides
     */
    record ExpiryReport(
            Instant at,
            List<ExpiryFinding> found,
            List<RegistryAnswer> answers,
            Map<String, LocalDate> told,
            List<String> notes) {
        public ExpiryReport {
            found = List.copyOf(found);
            answers = List.copyOf(answers);
            told = Map.copyOf(told);
            notes = List.copyOf(notes);
        }

        public List<ExpiryFinding> findings() {
            return found.stream().filter(ExpiryFinding::needsAttention).toList();
        }
    }
}
