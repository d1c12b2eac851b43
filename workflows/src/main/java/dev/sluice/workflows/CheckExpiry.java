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

/** Checks every expiry date of a cluster: certificates, domains, templates. Short; changes nothing. */
@WorkflowInterface
public interface CheckExpiry {
    @WorkflowMethod
    ExpiryReport run(ExpiryPlan plan);

    /**
     * What is checked.
     *
     * @param tell whether findings go to the cluster's webhook; an operator who starts the run reads them anyway
     */
    record ExpiryPlan(ClusterFile file, boolean tell) {}

    /**
     * All findings, the worst first. The schedule's next run receives them.
     *
     * @param answers the registries' answers, which are queried again a day later
     * @param told findings that were notified, by their key, with the day
     * @param notes other failures
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
