package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a request gets back; retryAfterSeconds above zero becomes a header. */
record Answer(int status, @Nullable JsonNode body, int retryAfterSeconds) {
    static Answer ok(String key, JsonNode value) {
        return of(200, key, value);
    }

    static Answer of(int status, String key, JsonNode value) {
        return new Answer(status, Json.object().set(key, value), 0);
    }

    static Answer noContent() {
        return new Answer(204, null, 0);
    }
}
