package dev.sluice.activities.cloud.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads fields of the API's answers; a missing or null field yields its empty value. */
public final class JsonFields {
    private JsonFields() {}

    public static String text(JsonObject json, String name) {
        return json.get(name) instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    static boolean isTrue(JsonObject json, String name) {
        return json.get(name) instanceof JsonPrimitive value && value.isBoolean() && value.getAsBoolean();
    }

    public static long number(JsonObject json, String name) {
        return json.get(name) instanceof JsonPrimitive value && value.isNumber() ? value.getAsLong() : 0;
    }

    public static List<String> texts(JsonObject json, String name) {
        List<String> texts = new ArrayList<>();
        if (json.get(name) instanceof JsonArray list) {
            for (JsonElement element : list) {
                texts.add(element.getAsString());
            }
        }
        return texts;
    }

    static Instant instant(JsonObject json, String name) {
        String text = text(json, name);
        return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
    }
}
