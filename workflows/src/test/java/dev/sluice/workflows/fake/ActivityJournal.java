package dev.sluice.workflows.fake;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.fake.CallFault.FaultFrequency;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The journal of one world: which activities were called, and where the next call breaks. */
public final class ActivityJournal {
    /** One call: the n-th of its activity in a run, counted from 1; tries of it are the same call. */
    public record CallKey(String activity, int ordinal) {
        @Override
        public String toString() {
            return ordinal == 1 ? activity : activity + "#" + ordinal;
        }
    }

    /** How a call breaks, in which of its tries, and whether Temporal retries the failure. */
    private record CallBreak(CallFault fault, FaultFrequency often, FailureType type) {
        boolean breaks(int attempt) {
            return often == FaultFrequency.FOR_EVER || attempt == 1;
        }
    }

    private static final long BEAT = 10_000_000;

    private final Map<String, CallKey> byTask = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<CallKey, CallBreak> breaks = new ConcurrentHashMap<>();
    private final List<CallKey> fired = new ArrayList<>();
    private final Map<CallKey, Runnable> before = new ConcurrentHashMap<>();
    private final Map<CallKey, CancelReaction> stops = new ConcurrentHashMap<>();
    private final Set<CallKey> beating = new HashSet<>();
    private final Object observing = new Object();
    private volatile Consumer<CallEffect> observer = effect -> {};

    /** The effect of a call, and its run. */
    public record CallEffect(CallKey call, String workflowId, String workflowType, String run) {
        /** Whether it is the effect of a step that was carried out once more, later. */
        public boolean isLate() {
            return LateStep.isLate(workflowId);
        }
    }

    /** How a call reacts to the cancel of its run. */
    public enum CancelReaction {
        COMPLETES,
        STOPS_BEFORE_EFFECT,
        STOPS_AFTER_EFFECT,
        /** It fails independently of the cancel. */
        FAILS_AFTER_EFFECT
    }

    /** In every try; a failure is not retried. */
    public ActivityJournal breaks(CallKey call, CallFault fault) {
        breaks.put(call, new CallBreak(fault, FaultFrequency.FOR_EVER, FailureType.COMMAND_FAILED));
        return this;
    }

    /** In those tries; a failure is retried. */
    public ActivityJournal breaks(CallKey call, CallFault fault, FaultFrequency often) {
        breaks.put(call, new CallBreak(fault, often, FailureType.NODE_UNREACHABLE));
        return this;
    }

    public ActivityJournal breaks(String activity, CallFault fault) {
        return breaks(new CallKey(activity, 1), fault);
    }

    /** Something that happens just before the call's effect, once. */
    public ActivityJournal before(CallKey call, Runnable event) {
        before.put(call, event);
        return this;
    }

    public ActivityJournal before(String activity, Runnable event) {
        return before(new CallKey(activity, 1), event);
    }

    /** Runs the action while the call is running. */
    public ActivityJournal cancelledIn(CallKey call, CancelReaction stop, Runnable cancel) {
        before.put(call, cancel);
        stops.put(call, stop);
        return this;
    }

    /** Whether the call receives the cancel of its run. */
    public synchronized boolean beats(CallKey call) {
        return beating.contains(call);
    }

    public synchronized List<CallKey> all() {
        return List.copyOf(byTask.values());
    }

    public synchronized int count() {
        return byTask.size();
    }

    public List<String> names() {
        return all().stream().map(CallKey::activity).toList();
    }

    public synchronized List<CallKey> fired() {
        return List.copyOf(fired);
    }

    /** Disables all faults. */
    public void heal() {
        breaks.clear();
    }

    /** Adds a check that runs after every effect. */
    public void after(Consumer<CallEffect> observer) {
        this.observer = observer;
    }

    <T extends @Nullable Object> T act(Supplier<T> wanted, T nothing) {
        return attempt(() -> observed(wanted), nothing);
    }

    /** An activity that has its effects one by one, each of them as a {@link #part}. */
    public @Nullable Object inParts(Supplier<@Nullable Object> wanted) {
        return this.<@Nullable Object>attempt(wanted, null);
    }

    /** One of the effects of the activity on this thread; one that fails may have had its effect, too. */
    public @Nullable Object part(Supplier<@Nullable Object> effect) {
        synchronized (observing) {
            try {
                return effect.get();
            } finally {
                observer.accept(effect());
            }
        }
    }

    private <T extends @Nullable Object> T attempt(Supplier<T> effect, T nothing) {
        ActivityInfo info = Activity.getExecutionContext().getInfo();
        if (LateStep.isLate(requireNonNull(info.getWorkflowId()))) {
            return effect.get();
        }
        CallKey call = note(info);
        Optional.ofNullable(before.remove(call)).ifPresent(Runnable::run);
        CancelReaction stop = stops.remove(call);
        if (stop != null && stop != CancelReaction.COMPLETES) {
            return stopped(call, stop, effect);
        }
        CallBreak broken = breaks.get(call);
        if (broken == null || !broken.breaks(info.getAttempt())) {
            return effect.get();
        }
        synchronized (this) {
            fired.add(call);
        }
        return breakAs(call, broken, effect, nothing);
    }

    private CallEffect effect() {
        ActivityInfo info = Activity.getExecutionContext().getInfo();
        String workflow = requireNonNull(info.getWorkflowId());
        CallKey call = LateStep.isLate(workflow) ? new CallKey(info.getActivityType(), 1) : note(info);
        return new CallEffect(
                call, workflow, requireNonNull(info.getWorkflowType()), requireNonNull(info.getWorkflowRunId()));
    }

    private <T extends @Nullable Object> T observed(Supplier<T> effect) {
        synchronized (observing) {
            // One that fails may have had a part of its effect.
            try {
                return effect.get();
            } finally {
                observer.accept(effect());
            }
        }
    }

    private static <T extends @Nullable Object> T stopped(CallKey call, CancelReaction stop, Supplier<T> effect) {
        Object reached = stop == CancelReaction.STOPS_BEFORE_EFFECT ? "nothing" : effect.get();
        try {
            while (true) {
                Activity.getExecutionContext().heartbeat(String.valueOf(reached));
                LockSupport.parkNanos(BEAT);
            }
        } catch (ActivityCompletionException cancelled) {
            throw stop == CancelReaction.FAILS_AFTER_EFFECT
                    ? TypedFailures.of(FailureType.PROXY_UNREACHABLE, call + " broke")
                    : cancelled;
        }
    }

    private synchronized CallKey note(ActivityInfo info) {
        CallKey call = byTask.computeIfAbsent(
                info.getWorkflowId() + info.getWorkflowRunId() + info.getActivityId(),
                task -> new CallKey(info.getActivityType(), counts.merge(info.getActivityType(), 1, Integer::sum)));
        if (info.getHeartbeatTimeout().compareTo(Duration.ZERO) > 0) {
            beating.add(call);
        }
        return call;
    }

    private static <T extends @Nullable Object> T breakAs(
            CallKey call, CallBreak broken, Supplier<T> effect, T nothing) {
        switch (broken.fault()) {
            case FAILS_BEFORE_EFFECT -> throw TypedFailures.of(broken.type(), call + " broke");
            case FAILS_AFTER_EFFECT ->
                throw TypedFailures.of(broken.type(), "%s broke after its effect: %s".formatted(call, effect.get()));
            case TIMES_OUT -> {
                Activity.getExecutionContext().doNotCompleteOnReturn();
                return nothing;
            }
            case ANSWER_LOST -> {
                Activity.getExecutionContext().doNotCompleteOnReturn();
                return effect.get();
            }
        }
        throw new IllegalStateException(broken.toString());
    }
}
