package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A lab in memory over HTTP with the steps of machines, new for each test. */
abstract class CloudActivitiesFixture {
    static final NodeRef APP = LabFixture.node("hello-app-1", "run-1");
    static final Approval YES = new Approval("Zoë", Instant.parse("2026-11-22T09:00:00Z"), "żółć – fine");

    LabFixture lab;
    DigitalOceanCloudActivities steps;

    @BeforeEach
    void open() throws IOException {
        lab = new LabFixture();
        steps = lab.steps;
    }

    @AfterEach
    void close() {
        lab.close();
    }

    DropletId base(NodeRef node) {
        return steps.createBase(LabFixture.base(node));
    }

    Node deployed(NodeRef node) {
        return steps.awaitDroplet(LabFixture.order(node, 1), base(node));
    }

    static FailureType typeOf(Runnable step) {
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, step::run);
        return FailureType.valueOf(failure.getType());
    }

    Set<String> tagsOf(NodeRef node) {
        return lab.cloud.findByName(node.name().value()).get(0).tags();
    }
}
