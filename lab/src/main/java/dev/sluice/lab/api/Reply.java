package dev.sluice.lab.api;

import java.util.Map;
import java.util.TreeMap;

/** One HTTP answer as it goes out; status 0 ends the connection without any. */
record Reply(int status, Map<String, String> headers, String body) {
    static Reply of(Answer answer, Map<String, String> headers) {
        var all = new TreeMap<>(headers);
        var node = answer.body();
        if (node != null) all.put("Content-Type", "application/json; charset=utf-8");
        if (answer.retryAfterSeconds() > 0) all.put("Retry-After", Integer.toString(answer.retryAfterSeconds()));
        return new Reply(answer.status(), all, node == null ? "" : Json.text(node));
    }
}
