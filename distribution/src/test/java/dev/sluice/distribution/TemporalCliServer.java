package dev.sluice.distribution;

import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;

/** The development server that {@code TEMPORAL_CLI_PATH} names. */
final class TemporalCliServer {
    static final String CLI = System.getenv().getOrDefault("TEMPORAL_CLI_PATH", "");

    private TemporalCliServer() {}

    static TemporalDevServer start(String namespace) {
        return TemporalDevServer.start(
                namespace,
                TemporalDevServerOptions.newBuilder()
                        .setExistingPath(CLI)
                        .setDownloadEnabled(false)
                        .setIp("127.0.0.1")
                        .setExtraArgs("--log-level", "error")
                        .build());
    }
}
