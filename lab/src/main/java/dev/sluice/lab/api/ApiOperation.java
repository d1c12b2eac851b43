package dev.sluice.lab.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One operation of the API: its route, its handler and the limits of its implementation.
 *
 * @param description what the lab implements, for the README
 * @param specified whether the tests can validate it against DigitalOcean's specification
 */
public record ApiOperation(
        String method, String template, String description, OperationHandler handler, boolean specified) {
    /** Handles a request, or throws an {@link ApiErrorException} before it has changed anything. */
    public interface OperationHandler {
        ApiResponse answer(RoutedRequest call);
    }

    public static ApiOperation get(String template, String description, OperationHandler handler) {
        return new ApiOperation("GET", template, description, handler, true);
    }

    public static ApiOperation post(String template, String description, OperationHandler handler) {
        return new ApiOperation("POST", template, description, handler, true);
    }

    public static ApiOperation put(String template, String description, OperationHandler handler) {
        return new ApiOperation("PUT", template, description, handler, true);
    }

    public static ApiOperation patch(String template, String description, OperationHandler handler) {
        return new ApiOperation("PATCH", template, description, handler, true);
    }

    public static ApiOperation delete(String template, String description, OperationHandler handler) {
        return new ApiOperation("DELETE", template, description, handler, true);
    }

    /** Returns the operation as one that the specification does not describe. */
    public ApiOperation unspecified() {
        return new ApiOperation(method, template, description, handler, false);
    }

    public String title() {
        return method + " " + template;
    }

    public boolean isReadOnly() {
        return method.equals("GET");
    }

    /** Whether a fault's selector covers this operation: its title, its method, or empty for any. */
    public boolean matchesSelector(String word) {
        return word.isEmpty() || word.equals(method) || word.equals(title());
    }

    /** Returns the values of the template's variables if the path belongs to this operation. */
    public Optional<Map<String, String>> match(String wantedMethod, String path) {
        String[] names = template.split("/", -1);
        String[] values = path.split("/", -1);
        if (!wantedMethod.equals(method) || names.length != values.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (names[i].startsWith("{") && !values[i].isEmpty()) {
                variables.put(names[i].substring(1, names[i].length() - 1), decode(values[i]));
            } else if (!names[i].equals(values[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    public static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException failure) {
            throw ApiErrorException.badRequest("The request's address is not well formed.");
        }
    }
}
