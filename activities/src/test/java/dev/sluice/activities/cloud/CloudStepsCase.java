package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.workflows.model.Approval;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeRef;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A lab in memory over HTTP with the steps of machines, new for each test. */
abstract class CloudStepsCase {
    static final NodeRef APP = LabCase.node("hello-app-1", "run-1");
    static final Approval YES = new Approval("Zoë", Instant.parse("2026-11-22T09:00:00Z"), "żółć – fine");

    LabCase lab;
    CloudSteps steps;

    @BeforeEach
    void open() throws IOException {
        lab = new LabCase();
        steps = lab.steps;
    }

    @AfterEach
    void close() {
        lab.close();
    }

    DropletId base(NodeRef node) {
        return steps.createBase(LabCase.base(node));
    }

    Node deployed(NodeRef node) {
        return steps.awaitDroplet(LabCase.order(node, 1), base(node));
    }

    static FailureType typeOf(Runnable step) {
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, step::run);
        return FailureType.valueOf(failure.getType());
    }

    Set<String> tagsOf(NodeRef node) {
        return lab.cloud.named(node.name().value()).get(0).tags();
    }
}
