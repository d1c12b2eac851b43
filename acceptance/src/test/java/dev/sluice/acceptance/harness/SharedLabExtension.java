package dev.sluice.acceptance.harness;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the lab of this JVM. It starts for the first test that needs it and stops after the last one, unless
 * {@code sluice.keep} is set.
 */
public class SharedLabExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SharedLabExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DemoCluster.class;
    }

    @Override
    public DemoCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cluster(context);
    }

    /** The cluster of the lab; starts the lab if no test has started it. */
    static DemoCluster cluster(ExtensionContext context) {
        return context.getRoot()
                .getStore(HERE)
                .getOrComputeIfAbsent(
                        "lab", key -> new StartedLab(new DemoCluster(LabEnvironment.up())), StartedLab.class)
                .cluster;
    }

    private static final class StartedLab implements AutoCloseable {
        private final DemoCluster cluster;

        StartedLab(DemoCluster cluster) {
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
