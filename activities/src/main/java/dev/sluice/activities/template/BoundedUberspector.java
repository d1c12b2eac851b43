package dev.sluice.activities.template;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.velocity.util.introspection.Info;
import org.apache.velocity.util.introspection.SecureUberspector;
import org.apache.velocity.util.introspection.VelMethod;
import org.apache.velocity.util.introspection.VelPropertyGet;
import org.apache.velocity.util.introspection.VelPropertySet;
import org.jspecify.annotations.Nullable;

/** Allows templates a few harmless methods of strings, lists and maps, and ends loops that take too long. */
public final class BoundedUberspector extends SecureUberspector {
    private static final long LIMIT_NANOS = 2_000_000_000L;
    private static final Set<String> METHODS = Set.of(
            "get",
            "size",
            "isEmpty",
            "length",
            "contains",
            "containsKey",
            "keySet",
            "values",
            "entrySet",
            "getKey",
            "getValue",
            "startsWith",
            "endsWith",
            "equals",
            "indexOf",
            "substring",
            "toUpperCase",
            "toLowerCase",
            "trim");
    private static final Set<String> PROPERTIES =
            Set.of("key", "value", "empty", "index", "count", "first", "last", "hasNext");
    private static final ThreadLocal<@Nullable TimeBound> BOUND = new ThreadLocal<>();

    /** Renders with a time limit. */
    static void runBounded(String name, Runnable rendering) {
        BOUND.set(new TimeBound(name, System.nanoTime() + LIMIT_NANOS));
        try {
            rendering.run();
        } finally {
            BOUND.remove();
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Iterator getIterator(Object collection, Info info) {
        Iterator<?> all = super.getIterator(collection, info);
        return all == null ? null : new TimedIterator(all);
    }

    @Override
    public @Nullable VelMethod getMethod(Object target, String method, Object[] arguments, Info info) {
        return METHODS.contains(method) ? super.getMethod(target, method, arguments, info) : null;
    }

    @Override
    public @Nullable VelPropertyGet getPropertyGet(Object target, String property, Info info) {
        boolean allowed = target instanceof Map || target instanceof List || PROPERTIES.contains(property);
        return allowed && !property.equals("class") ? super.getPropertyGet(target, property, info) : null;
    }

    @Override
    public @Nullable VelPropertySet getPropertySet(Object target, String property, Object value, Info info) {
        return null;
    }

    /** The template and its deadline. */
    private record TimeBound(String name, long deadline) {
        void check() {
            if (System.nanoTime() > deadline) {
                throw TypedFailures.of(
                        FailureType.PLAN_INVALID, "The file template for %s is not rendered after 2 s".formatted(name));
            }
        }
    }

    /** An iterator that checks the deadline. */
    private record TimedIterator(Iterator<?> all) implements Iterator<@Nullable Object> {
        @Override
        public boolean hasNext() {
            TimeBound bound = BOUND.get();
            if (bound != null) {
                bound.check();
            }
            return all.hasNext();
        }

        @Override
        public @Nullable Object next() {
            return all.next();
        }
    }
}
