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
 * DigitalOcean's specification in the way that the validator understands it. Two ways of writing are changed, no meaning:
 * whatever is put together by {@code allOf} counts as an object there, even a list with a description; and of schemas
 * that a discriminator chooses from, {@code oneOf} allows none that resembles another.
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
        // One part alone is the thing itself.
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
