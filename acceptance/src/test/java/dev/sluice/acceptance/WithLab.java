package dev.sluice.acceptance;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the lab of this JVM: started for the first that asks, taken down after the last, unless {@code sluice.keep} is set. */
final class WithLab implements ParameterResolver {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(WithLab.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Cluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(HERE)
                .getOrComputeIfAbsent("lab", key -> new Up(new Cluster(World.up())), Up.class)
                .cluster;
    }

    private static final class Up implements AutoCloseable {
        private final Cluster cluster;

        Up(Cluster cluster) {
            this.cluster = cluster;
        }

        @Override
        public void close() {
            if (!Boolean.getBoolean("sluice.keep")) {
                cluster.world().down();
            }
        }
    }
}
