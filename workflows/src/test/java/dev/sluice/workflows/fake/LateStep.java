package dev.sluice.workflows.fake;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.EncodedValues;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.DynamicWorkflow;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.stream.IntStream;

/** One step of another run, carried out once more by a worker that Temporal no longer asks: its answer reaches nobody. */
public final class LateStep implements DynamicWorkflow {
    static final String PREFIX = "late/";

    /** Whether the effect of that run is a late one. */
    public static boolean isLate(String workflowId) {
        return workflowId.startsWith(PREFIX);
    }

    @Override
    public Object execute(EncodedValues input) {
        Object[] arguments = IntStream.range(0, input.getSize())
                .mapToObj(at -> input.get(at, RawValue.class))
                .toArray();
        ActivityOptions once = ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(10))
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .build();
        try {
            Workflow.newUntypedActivityStub(once)
                    .execute(Workflow.getInfo().getWorkflowType(), RawValue.class, arguments);
            return "took effect";
        } catch (ActivityFailure refused) {
            return "was refused";
        }
    }
}
