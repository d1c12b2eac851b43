package dev.sluice.starter.audit;

import dev.sluice.workflows.ChangeRole.ApprovalDecision;
import dev.sluice.workflows.DeployNode.GateDecision;
import dev.sluice.workflows.activity.WorkflowInput;
import dev.sluice.workflows.activity.WorkflowInput.InvalidInputException;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.RawValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run did, read from its history: its plan, activity calls, decisions, and the runs that it started. */
final class RunHistory {
    /** An approval or rejection. */
    record DecisionEvent(EventTime when, ApprovalDecision decision) {}

    /** The run of a node that a change started. */
    public record ChildRun(EventTime when, String id, String runId) {}

    private final DataConverter converter;
    private final Map<Long, ActivityCall> calls = new LinkedHashMap<>();
    private final List<DecisionEvent> decisions = new ArrayList<>();
    private final List<ChildRun> children = new ArrayList<>();
    private final List<EventTime> starts = new ArrayList<>();
    private final List<EventTime> nodeApprovals = new ArrayList<>();
    private String type = "";
    private Payloads plan = Payloads.getDefaultInstance();

    private RunHistory(DataConverter converter) {
        this.converter = converter;
    }

    public static RunHistory of(WorkflowExecutionHistory history, DataConverter converter) {
        RunHistory result = new RunHistory(converter);
        history.getEvents().forEach(result::read);
        return result;
    }

    private void read(HistoryEvent event) {
        switch (event.getEventType()) {
            case EVENT_TYPE_WORKFLOW_EXECUTION_STARTED -> {
                type = event.getWorkflowExecutionStartedEventAttributes()
                        .getWorkflowType()
                        .getName();
                plan = event.getWorkflowExecutionStartedEventAttributes().getInput();
            }
            case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED -> asked(event);
            case EVENT_TYPE_ACTIVITY_TASK_COMPLETED ->
                calls.computeIfPresent(
                        event.getActivityTaskCompletedEventAttributes().getScheduledEventId(),
                        (id, call) -> call.done(
                                EventTime.of(event),
                                event.getActivityTaskCompletedEventAttributes().getResult()));
            case EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED -> starts.add(EventTime.of(event));
            case EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED -> child(event);
            case EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED ->
                addDecision(
                        event,
                        event.getWorkflowExecutionUpdateAcceptedEventAttributes()
                                .getAcceptedRequest()
                                .getInput()
                                .getArgs());
            case EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED -> signalled(event);
            case EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED ->
                addNodeApproval(
                        event,
                        event.getSignalExternalWorkflowExecutionInitiatedEventAttributes()
                                .getSignalName(),
                        event.getSignalExternalWorkflowExecutionInitiatedEventAttributes()
                                .getInput());
            default -> {
                // Timers, tasks and search attributes change nothing outside the run.
            }
        }
    }

    private void asked(HistoryEvent event) {
        calls.put(
                event.getEventId(),
                new ActivityCall(
                        event.getActivityTaskScheduledEventAttributes()
                                .getActivityType()
                                .getName(),
                        EventTime.of(event),
                        Optional.empty(),
                        event.getActivityTaskScheduledEventAttributes().getInput(),
                        Payloads.getDefaultInstance(),
                        converter));
    }

    private void child(HistoryEvent event) {
        WorkflowExecution child =
                event.getChildWorkflowExecutionStartedEventAttributes().getWorkflowExecution();
        children.add(new ChildRun(EventTime.of(event), child.getWorkflowId(), child.getRunId()));
    }

    private void signalled(HistoryEvent event) {
        String name = event.getWorkflowExecutionSignaledEventAttributes().getSignalName();
        Payloads input = event.getWorkflowExecutionSignaledEventAttributes().getInput();
        if (name.equals("decideLater")) {
            addDecision(event, input);
        }
        addNodeApproval(event, name, input);
    }

    private void addDecision(HistoryEvent event, Payloads input) {
        decoded(input, ApprovalDecision.class)
                .ifPresent(decision -> decisions.add(new DecisionEvent(EventTime.of(event), decision)));
    }

    /** Records the change's approval of a node, sent by the change or received by the node. */
    private void addNodeApproval(HistoryEvent event, String signal, Payloads input) {
        if (signal.equals("decide")) {
            decoded(input, GateDecision.class)
                    .filter(GateDecision::approved)
                    .ifPresent(decision -> nodeApprovals.add(EventTime.of(event)));
        }
    }

    /** Empty for an input that the run itself refused. */
    private static <T> Optional<T> decoded(Payloads input, Class<T> type) {
        if (input.getPayloadsCount() == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(WorkflowInput.decode(new RawValue(input.getPayloads(0)), type));
        } catch (InvalidInputException refused) {
            return Optional.empty();
        }
    }

    /** Returns the runbook's name. */
    public String type() {
        return type;
    }

    public <T> T plan(Class<T> planType) {
        return converter.fromPayloads(0, Optional.of(plan), planType, planType);
    }

    List<ActivityCall> calls(String activity) {
        return calls.values().stream()
                .filter(call -> call.activity().equals(activity))
                .toList();
    }

    List<DecisionEvent> decisions() {
        return List.copyOf(decisions);
    }

    public List<ChildRun> children() {
        return List.copyOf(children);
    }

    /** Returns when the change started the runs of its nodes. */
    List<EventTime> starts() {
        return List.copyOf(starts);
    }

    List<EventTime> nodeApprovals() {
        return List.copyOf(nodeApprovals);
    }
}
