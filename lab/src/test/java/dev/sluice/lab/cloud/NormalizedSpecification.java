package dev.sluice.lab.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.util.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;

/**
 * DigitalOcean's specification in a form that the validator accepts, with the same meaning. The validator takes every
 * {@code allOf} for an object, even a list with a description, and a {@code oneOf} with a discriminator allows no two
 * schemas that resemble each other.
 */
final class NormalizedSpecification {
    private static final Set<String> WORDS = Set.of("description", "example", "title", "deprecated");

    private NormalizedSpecification() {}

    static String of(Path file) throws IOException {
        JsonNode tree = Yaml.mapper().readTree(file.toFile());
        mend(tree);
        return tree.toString();
    }

    private static void mend(JsonNode node) {
        node.forEach(NormalizedSpecification::mend);
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        if (object.get("allOf") instanceof ArrayNode parts) {
            for (int i = parts.size() - 1; i >= 0; i--) {
                if (onlyWords(parts.get(i))) {
                    parts.remove(i);
                }
            }
        }
        // A single part stands for the whole.
        if (object.get("allOf") instanceof ArrayNode parts
                && parts.size() == 1
                && parts.get(0) instanceof ObjectNode only) {
            object.remove("allOf");
            object.setAll(only);
        }
        if (object.has("discriminator") && object.get("oneOf") instanceof ArrayNode choices) {
            object.remove("oneOf");
            object.set("anyOf", choices);
        }
    }

    private static boolean onlyWords(JsonNode part) {
        for (Iterator<String> names = part.fieldNames(); names.hasNext(); ) {
            if (!WORDS.contains(names.next())) {
                return false;
            }
        }
        return true;
    }
}
