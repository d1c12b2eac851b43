package dev.sluice.lab.memory;

import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.cloud.LabCloud;
import dev.sluice.lab.server.LabServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** Serves a lab with machines in memory on 127.0.0.1: {@code MemoryLab PORT TOKEN}. */
final class MemoryLab {
    private MemoryLab() {}

    /** Runs until the process is killed. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("Usage: MemoryLab PORT TOKEN (port 0 selects a free one)");
            System.exit(2);
        }
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        LabSettings settings = LabSettings.of(arguments[1], System.getenv());
        try (LabCloud cloud = new LabCloud(new MemoryMachines(), Clock.systemUTC(), settings);
                LabServer server = new LabServer(cloud, address)) {
            System.out.println("The lab in memory is at " + server.url());
            new CountDownLatch(1).await();
        }
    }
}
