package dev.sluice.activities.cloud;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Somebody whom every call of an interface goes through. */
interface InterceptingProxy extends Function<Supplier<@Nullable Object>, @Nullable Object> {
    /** The same object, as the interface, whose calls go through here. */
    default <T> T to(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, call, with) -> call.getDeclaringClass() == Object.class
                        ? call.invoke(real, with)
                        : apply(() -> called(call, real, with))));
    }

    private static @Nullable Object called(Method call, Object real, @Nullable Object @Nullable [] with) {
        try {
            return call.invoke(real, with);
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
