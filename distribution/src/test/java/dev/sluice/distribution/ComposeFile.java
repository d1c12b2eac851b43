package dev.sluice.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.yml as a reader of the specification sees it. */
final class ComposeFile {
    static final Path FILE = Path.of("../docker-compose.yml").toAbsolutePath().normalize();
    private static final Map<?, ?> CONTENT = map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text()));

    private ComposeFile() {}

    static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static Map<?, ?> services() {
        return map(CONTENT.get("services"));
    }

    static Map<?, ?> service(String name) {
        return map(services().get(name));
    }

    /** A mapping; none is an empty one. */
    static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** A list; none is an empty one. */
    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
