package dev.sluice.workflows.fake;

import com.google.protobuf.ByteString;
import dev.sluice.workflows.runbook.Runbooks;
import dev.sluice.workflows.runbook.run.Patience;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.RawValue;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every handler of every runbook, and inputs that none of them expects. */
public final class GarbageInputs {
    private GarbageInputs() {}

    /** All handlers of that kind of all runbooks. */
    public static List<Method> handlers(Class<? extends Annotation> kind) {
        return Runbooks.all(Patience.STANDARD).stream()
                .flatMap(runbook -> handlers(runbook.type(), kind).stream())
                .toList();
    }

    public static List<Method> handlers(Class<?> runbook, Class<? extends Annotation> kind) {
        return Arrays.stream(runbook.getMethods())
                .filter(method -> method.isAnnotationPresent(kind))
                .toList();
    }

    public static Map<String, Object[]> inputs() {
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
}
