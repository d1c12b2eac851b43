package dev.sluice.workflows.fake;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.RawValue;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Temporal's Reset, which the test server lacks, and the worker's guard. The run begins again: its first steps are
 * answered from the earlier history, without effect. If it had ended, every further step is refused; else it continues as
 * the same owner of its droplets.
 */
final class FakeResets extends WorkerInterceptorBase {
    /** One run that began again. */
    private static final class RepeatedExecution {
        private final String earlier;
        private final boolean hadEnded;
        private final Map<String, List<Payload>> answers;
        private final Map<String, Integer> ordinals = new HashMap<>();
        private final Map<String, Integer> counts = new HashMap<>();
        private @Nullable String own;

        RepeatedExecution(String earlier, boolean hadEnded, Map<String, List<Payload>> answers) {
            this.earlier = earlier;
            this.hadEnded = hadEnded;
            this.answers = answers;
        }

        /** The first execution of that workflow ID after the earlier one. */
        synchronized boolean is(String run) {
            if (own == null && !run.equals(earlier)) {
                own = run;
            }
            return run.equals(own);
        }

        synchronized Optional<Payload> answer(ActivityInfo step) {
            int ordinal = ordinals.computeIfAbsent(
                    step.getActivityId(), id -> counts.merge(step.getActivityType(), 1, Integer::sum));
            List<Payload> known = answers.getOrDefault(step.getActivityType(), List.of());
            return ordinal > known.size() ? Optional.empty() : Optional.of(known.get(ordinal - 1));
        }

        /** Replaces the new run's ID by the earlier one's, since a reset keeps the ID of the first execution. */
        synchronized @Nullable Object asEarlier(@Nullable Object argument) {
            if (argument == null || argument instanceof Collection) {
                return argument;
            }
            Payload payload =
                    DefaultDataConverter.STANDARD_INSTANCE.toPayload(argument).orElseThrow();
            String text = payload.getData().toStringUtf8();
            if (!text.contains(requireNonNull(own))) {
                return argument;
            }
            Payload changed = payload.toBuilder()
                    .setData(com.google.protobuf.ByteString.copyFromUtf8(text.replace(own, earlier)))
                    .build();
            return DefaultDataConverter.STANDARD_INSTANCE.fromPayload(
                    changed, argument.getClass(), argument.getClass());
        }
    }

    private final Map<String, RepeatedExecution> repeated = new ConcurrentHashMap<>();

    /** The next execution of that workflow ID repeats that run. */
    void expect(String workflowId, String earlier, boolean hadEnded, Map<String, List<Payload>> answers) {
        repeated.put(workflowId, new RepeatedExecution(earlier, hadEnded, answers));
    }

    void forget(String workflowId) {
        repeated.remove(workflowId);
    }

    void forgetAll() {
        repeated.clear();
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new RepeatedStep(next);
    }

    private final class RepeatedStep extends ActivityInboundCallsInterceptorBase {
        private @Nullable ActivityInfo step;

        RepeatedStep(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext context) {
            step = context.getInfo();
            super.init(context);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            ActivityInfo info = requireNonNull(step);
            RepeatedExecution run = repeated.get(requireNonNull(info.getWorkflowId()));
            if (run == null || !run.is(requireNonNull(info.getWorkflowRunId()))) {
                return super.execute(input);
            }
            Optional<Payload> answer = run.answer(info);
            if (answer.isPresent()) {
                return new ActivityOutput(new RawValue(answer.get()));
            }
            if (run.hadEnded && !Boolean.getBoolean("walks.unguarded")) {
                throw TypedFailures.of(FailureType.RUN_REPEATED, info.getWorkflowId() + " had ended");
            }
            Object[] arguments =
                    Arrays.stream(input.getArguments()).map(run::asEarlier).toArray();
            return super.execute(new ActivityInput(input.getHeader(), arguments));
        }
    }
}
