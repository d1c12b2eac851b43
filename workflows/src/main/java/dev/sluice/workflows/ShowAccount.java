package dev.sluice.workflows;

import dev.sluice.workflows.model.cluster.CloudAccount;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Reads what the DigitalOcean account holds: regions, sizes, domains, keys, private networks. Short; changes nothing. */
@WorkflowInterface
public interface ShowAccount {
    @WorkflowMethod
    CloudAccount run();
}
