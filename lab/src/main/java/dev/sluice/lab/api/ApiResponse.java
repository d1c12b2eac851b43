package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The response to a request; retryAfterSeconds above zero becomes a header. */
public record ApiResponse(int status, @Nullable JsonNode body, int retryAfterSeconds) {
    public static ApiResponse ok(String key, JsonNode value) {
        return of(200, key, value);
    }

    public static ApiResponse of(int status, String key, JsonNode value) {
        return new ApiResponse(status, ApiJson.object().set(key, value), 0);
    }

    public static ApiResponse noContent() {
        return new ApiResponse(204, null, 0);
    }
}
