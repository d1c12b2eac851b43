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
record Operation(String method, String template, String says, Handler handler, boolean specified) {
    /** Does what a call asks for, or throws a {@link Refusal} before it has changed anything. */
    interface Handler {
        Answer answer(Call call);
    }

    Operation unspecified() {
        return new Operation(method, template, says, handler, false);
    }

    String title() {
        return method + " " + template;
    }

    boolean reads() {
        return method.equals("GET");
    }

    /** Whether a fault's word for operations means this one: its title, its method, or nothing for any. */
    boolean isMeantBy(String word) {
        return word.isEmpty() || word.equals(method) || word.equals(title());
    }

    /** What stands in the places of the template's names, if the path is one of this operation. */
    Optional<Map<String, String>> match(String wantedMethod, String path) {
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

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("The request's address is not well formed.");
        }
    }
}
