package dev.sluice.workflows.model.cluster;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a decoded value lacks: JSON may leave out any part of a record. */
public final class MissingParts {
    private MissingParts() {}

    /** Returns the path of the first record component that is null, if any. */
    public static Optional<String> find(String path, @Nullable Object value) {
        if (value == null) {
            return Optional.of(path);
        }
        if (value instanceof Optional<?> maybe) {
            return maybe.flatMap(part -> find(path, part));
        }
        if (value instanceof Collection<?> parts) {
            return firstMissing(path, parts);
        }
        if (value instanceof Map<?, ?> parts) {
            return firstMissing(path, parts.values());
        }
        if (value instanceof Record parts) {
            return findMissingComponent(path, parts);
        }
        return Optional.empty();
    }

    private static Optional<String> firstMissing(String path, Collection<?> parts) {
        return parts.stream().flatMap(part -> find(path, part).stream()).findFirst();
    }

    private static Optional<String> findMissingComponent(String path, Record parts) {
        for (RecordComponent component : parts.getClass().getRecordComponents()) {
            Optional<String> missing = find(path + "." + component.getName(), read(parts, component));
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    private static @Nullable Object read(Record parts, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(parts);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("A record's components can be read", impossible);
        }
    }
}
