package dev.sluice.worker;

import io.temporal.serviceclient.WorkflowServiceStubs;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Reports readiness: ready only while Temporal answers. */
final class TemporalHealth extends AbstractHealthIndicator {
    private final WorkflowServiceStubs stubs;

    TemporalHealth(WorkflowServiceStubs stubs) {
        super("Temporal does not answer");
        this.stubs = stubs;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up().withDetail("status", stubs.healthCheck().getStatus().name());
    }
}
