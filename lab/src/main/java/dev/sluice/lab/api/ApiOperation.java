package dev.sluice.lab.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One operation of the API: where it is, what it does and, for the README, how far it goes.
 *
 * @param specified whether DigitalOcean's specification, as far as the tests have it, can be held against it
 */
public record ApiOperation(String method, String template, String says, OperationHandler handler, boolean specified) {
    /** Does what a call asks for, or throws a {@link ApiErrorException} before it has changed anything. */
    public interface OperationHandler {
        ApiResponse answer(RoutedRequest call);
    }

    public ApiOperation unspecified() {
        return new ApiOperation(method, template, says, handler, false);
    }

    public String title() {
        return method + " " + template;
    }

    public boolean isReadOnly() {
        return method.equals("GET");
    }

    /** Whether a fault's word for operations means this one: its title, its method, or nothing for any. */
    public boolean matchesSelector(String word) {
        return word.isEmpty() || word.equals(method) || word.equals(title());
    }

    /** What stands in the places of the template's names, if the path is one of this operation. */
    public Optional<Map<String, String>> match(String wantedMethod, String path) {
        String[] names = template.split("/", -1);
        String[] values = path.split("/", -1);
        if (!wantedMethod.equals(method) || names.length != values.length) return Optional.empty();
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (names[i].startsWith("{") && !values[i].isEmpty())
                variables.put(names[i].substring(1, names[i].length() - 1), decode(values[i]));
            else if (!names[i].equals(values[i])) return Optional.empty();
        }
        return Optional.of(variables);
    }

    public static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiErrorException.badRequest("The request's address is not well formed.");
        }
    }
}
