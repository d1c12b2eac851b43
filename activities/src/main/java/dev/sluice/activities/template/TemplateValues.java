package dev.sluice.activities.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Restricts the values that templates see. */
final class TemplateValues {
    private TemplateValues() {}

    /** Throws IllegalArgumentException for values other than strings, lists and maps. */
    static void check(String name, @Nullable Object value) {
        if (value instanceof String) {
            return;
        }
        if (value instanceof List<?> list) {
            list.forEach(item -> check(name, item));
            return;
        }
        if (value instanceof Map<?, ?> map) {
            map.keySet().forEach(key -> check(name, key));
            map.values().forEach(item -> check(name, item));
            return;
        }
        throw new IllegalArgumentException("The value %s is not a string, or a list or map of strings".formatted(name));
    }

    static Map<String, Object> copy(Map<String, ?> values) {
        return new HashMap<>(values);
    }
}
