package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request with its route.
 *
 * @param variables the values of the operation's {@code {names}} in the path
 * @param dangerous whether the client sent the header that confirms a destructive request
 * @param base the server's URL as the client reached it, for links
 */
public record RoutedRequest(
        String base,
        String path,
        Map<String, String> variables,
        Map<String, String> query,
        ObjectNode body,
        boolean dangerous) {
    public RoutedRequest {
        variables = Map.copyOf(variables);
        query = Map.copyOf(query);
    }

    /** Returns a number in the path; anything else is a 404. */
    public long pathId(String variable) {
        try {
            return Long.parseLong(pathVariable(variable));
        } catch (NumberFormatException failure) {
            throw ApiErrorException.notFound();
        }
    }

    public String pathVariable(String variable) {
        return Optional.ofNullable(variables.get(variable)).orElseThrow(ApiErrorException::notFound);
    }

    public Optional<String> queryParameter(String parameter) {
        return Optional.ofNullable(query.get(parameter));
    }

    /** Returns a text in the body, or refuses the request with the message. */
    public String requireText(String field, String refusal) {
        JsonNode node = body.path(field);
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw ApiErrorException.unprocessable(refusal);
        }
        return node.textValue();
    }

    public Optional<String> optionalText(String field) {
        JsonNode node = body.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw ApiErrorException.unprocessable(field + " must be a text.");
        }
        return Optional.of(node.textValue());
    }

    public boolean isTrue(String field) {
        return body.path(field).asBoolean(false);
    }

    /** Returns a list of texts or whole numbers in the body, as texts; absent or null is empty. */
    public List<String> list(String field) {
        JsonNode node = body.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw ApiErrorException.unprocessable(field + " must be a list.");
        }
        List<String> values = new ArrayList<>();
        for (JsonNode value : node) {
            if (!value.isTextual() && !value.isIntegralNumber()) {
                throw ApiErrorException.unprocessable(field + " must hold texts or numbers.");
            }
            values.add(value.asText());
        }
        return values;
    }
}
