package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.ChangeRole.ApprovalDecision;
import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.activity.WorkflowInput;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.runbook.run.Patience;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Sends every handler of two waiting runs every input that it does not expect; both then go on to their ends. */
final class InputBoundary {
    private static final String CHANGE = "change/hello/app";
    private static final String NODE = "node/hello/hello-app-k3f9";

    private final TestTemporal temporal;

    InputBoundary(TestTemporal temporal) {
        this.temporal = temporal;
    }

    /** All handlers of that kind of all runbooks. */
    static List<Method> handlers(Class<? extends Annotation> kind) {
        return Runbooks.all(Patience.STANDARD).stream()
                .flatMap(runbook -> handlers(runbook.type(), kind).stream())
                .toList();
    }

    private static List<Method> handlers(Class<?> runbook, Class<? extends Annotation> kind) {
        return Arrays.stream(runbook.getMethods())
                .filter(method -> method.isAnnotationPresent(kind))
                .toList();
    }

    static Map<String, Object[]> inputs() {
        Map<String, Object[]> inputs = new LinkedHashMap<>();
        inputs.put("nothing", new Object[0]);
        inputs.put("null", new Object[] {null});
        inputs.put("true", new Object[] {true});
        inputs.put("two values", new Object[] {true, "it is Friday"});
        inputs.put("a number", new Object[] {7});
        inputs.put("a list", new Object[] {List.of(1, "two")});
        inputs.put("bytes", new Object[] {new byte[] {0, 1, 2}});
        for (String json : json()) {
            inputs.put(json.substring(0, Math.min(json.length(), 80)), new Object[] {raw("json/plain", json)});
        }
        inputs.put("another encoding", new Object[] {raw("other/encoding", "{}")});
        inputs.put("no encoding", new Object[] {new RawValue(Payload.getDefaultInstance())});
        return inputs;
    }

    private static List<String> json() {
        List<String> json = new ArrayList<>(
                List.of(
                        "",
                        "{",
                        "{}",
                        "[]",
                        "\"\"",
                        "\"Not A Name\"",
                        "{\"approved\":true}",
                        "{\"approved\":true,\"planDigest\":null,\"by\":null,\"reason\":null}",
                        "{\"approved\":true,\"planDigest\":\"f58745\"}",
                        "{\"approved\":\"perhaps\",\"planDigest\":\"f58745\",\"by\":\"eve\",\"reason\":\"?\"}",
                        "{\"approved\":true,\"planDigest\":7,\"by\":[],\"reason\":{}}",
                        "{\"planDigest\":\"f58745\",\"by\":\"eve\",\"reason\":\"?\"}",
                        "{\"approved\":true,\"planDigest\":\"f58745\",\"by\":\" \",\"reason\":\"?\"}",
                        "{\"approved\":true,\"sentence\":\"it is Friday\"}",
                        "{\"name\":\"hello-app-k3f9\"}",
                        "{\"name\":\"hello-app-k3f9\",\"outcome\":\"DONE\",\"steps\":[null],\"leftBehind\":[],\"sentence\":\"x\"}"));
        json.add("[".repeat(100_000));
        json.add("{\"a\":".repeat(20_000));
        json.add("\"" + "x".repeat(1_000_000) + "\"");
        json.add("{\"approved\":true,\"planDigest\":\"%s\",\"by\":\"eve\",\"reason\":\"?\"}"
                .formatted("0".repeat(200_000)));
        return json;
    }

    private static RawValue raw(String encoding, String text) {
        return new RawValue(Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8(encoding))
                .setData(ByteString.copyFromUtf8(text))
                .build());
    }

    void isHeld() {
        ChangeRole change = temporal.in(FakeWorld.cluster()).stub(ChangeRole.class, CHANGE);
        WorkflowClient.start(
                change::run, TestPlans.approved(true, temporal.now().plus(Duration.ofHours(1)), "hello-app-k3f9"));
        temporal.until(
                "an approval is waited for", () -> change.report().waiting().isPresent());

        attack(ChangeRole.class, CHANGE);
        attack(DeployNode.class, NODE);

        assertThat(change.report().waiting()).isPresent();
        assertThat(says(change)).contains("Refused: ").hasSizeLessThan(4_000);
        String digest = change.report().planDigest().orElseThrow().value();
        change.decide(WorkflowInput.of(new ApprovalDecision(true, digest, "bea", "looks right")));
        assertThat(WorkflowStub.fromTyped(change).getResult(ChangeReport.class).outcome())
                .isEqualTo(RunOutcome.DONE);
        Stream.of(CHANGE, NODE).forEach(this::hadNoFailedTask);
    }

    private static String says(ChangeRole change) {
        List<String> says =
                change.report().steps().stream().map(step -> step.says()).toList();
        return says.get(says.size() - 1);
    }

    private void attack(Class<?> runbook, String id) {
        WorkflowStub run = temporal.client().newUntypedWorkflowStub(id);
        inputs().forEach((what, input) -> {
            handlers(runbook, SignalMethod.class).forEach(signal -> run.signal(signal.getName(), input));
            handlers(runbook, UpdateMethod.class)
                    .forEach(update -> assertThatThrownBy(() -> run.update(update.getName(), String.class, input))
                            .as("update %s with %s", update.getName(), what)
                            .isInstanceOf(WorkflowUpdateException.class)
                            .cause()
                            .hasMessageContaining("Refused: the decision cannot be used: "));
            handlers(runbook, QueryMethod.class)
                    .forEach(query -> assertThat(run.query(query.getName(), query.getReturnType(), input))
                            .isNotNull());
        });
    }

    private void hadNoFailedTask(String id) {
        assertThat(temporal.client().fetchHistory(id).getEvents())
                .extracting("eventType")
                .doesNotContain(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED);
    }
}
