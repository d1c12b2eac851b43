package dev.sluice.workflows;

import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Expiring;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.List;

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

    /** Everything that was found, the worst first; the schedule's next run gets it handed over. */
    record ExpiryReport(Instant at, List<Expiring> found) {
        public ExpiryReport {
            found = List.copyOf(found);
        }

        public List<Expiring> findings() {
            return found.stream().filter(Expiring::finding).toList();
        }
    }
}
