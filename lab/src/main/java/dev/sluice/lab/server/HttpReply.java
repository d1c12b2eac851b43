package dev.sluice.lab.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiResponse;
import java.util.Map;
import java.util.TreeMap;

/** One HTTP response; status 0 ends the connection without a response. */
record HttpReply(int status, Map<String, String> headers, String body) {
    static HttpReply of(ApiResponse answer, Map<String, String> headers) {
        TreeMap<String, String> all = new TreeMap<>(headers);
        JsonNode node = answer.body();
        if (node != null) {
            all.put("Content-Type", "application/json; charset=utf-8");
        }
        if (answer.retryAfterSeconds() > 0) {
            all.put("Retry-After", Integer.toString(answer.retryAfterSeconds()));
        }
        return new HttpReply(answer.status(), all, node == null ? "" : ApiJson.text(node));
    }
}
