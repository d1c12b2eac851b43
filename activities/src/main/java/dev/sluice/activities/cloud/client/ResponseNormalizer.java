package dev.sluice.activities.cloud.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.http.HttpResponse;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.util.EntityUtils;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites each answer so that client 2.17 can read it: each failure is JSON with id and message, each success a JSON
 * object whose numbers fit. Otherwise the client returns null or throws undeclared exceptions.
 */
final class ResponseNormalizer {
    private ResponseNormalizer() {}

    /** Reads the whole body and replaces it; {@code exact} keeps numbers unchanged for direct requests. */
    static void normalize(HttpResponse response, boolean exact) throws IOException {
        if (ResponseHeaders.number(response, "RateLimit-Reset") == null) {
            response.removeHeaders("RateLimit-Reset");
        }
        int status = response.getStatusLine().getStatusCode();
        if (status == 204) {
            return;
        }
        byte[] body = response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
        JsonObject json = object(body);
        if (status < 200 || status >= 300) {
            refuse(response, status, json, body);
        } else if (json == null) {
            fail(response, 502, "bad_body", "HTTP %d without a JSON object: %s".formatted(status, start(body)));
        } else {
            if (!exact) {
                numbers(json);
            }
            replace(response, json);
        }
    }

    private static void refuse(HttpResponse response, int status, @Nullable JsonObject json, byte[] body) {
        if (json != null && isText(json, "id") && isText(json, "message")) {
            replace(response, json);
            return;
        }
        // The client handles no status from 510 on and no redirect.
        int known = status >= 400 && status < 510 ? status : 503;
        String says =
                json != null && isText(json, "message") ? json.get("message").getAsString() : start(body);
        fail(response, known, "http_" + status, "HTTP %d: %s".formatted(status, says));
    }

    private static void fail(HttpResponse response, int status, String id, String message) {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("message", message);
        response.setStatusCode(status);
        replace(response, json);
    }

    private static void numbers(JsonElement element) {
        if (element instanceof JsonArray array) {
            array.forEach(ResponseNormalizer::numbers);
        } else if (element instanceof JsonObject object) {
            // The client holds IDs of actions and records as int; direct requests read the exact number.
            JsonPrimitive id = number(object, "id");
            if (id != null && id.getAsDouble() > Integer.MAX_VALUE) {
                object.addProperty("id", id.getAsBigDecimal().intValue());
            }
            JsonPrimitive transfer = number(object, "transfer");
            if (transfer != null) {
                object.addProperty("transfer", (long) transfer.getAsDouble());
            }
            object.entrySet().forEach(entry -> numbers(entry.getValue()));
        }
    }

    private static @Nullable JsonPrimitive number(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value && value.isNumber() ? value : null;
    }

    private static @Nullable JsonObject object(byte[] body) {
        try {
            JsonElement json = JsonParser.parseString(new String(body, StandardCharsets.UTF_8));
            return json instanceof JsonObject object ? object : null;
        } catch (JsonParseException broken) {
            return null;
        }
    }

    private static boolean isText(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive value && value.isString();
    }

    private static void replace(HttpResponse response, JsonObject json) {
        response.setEntity(
                new ByteArrayEntity(json.toString().getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
    }

    private static String start(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "(empty)" : text.substring(0, Math.min(200, text.length()));
    }
}
