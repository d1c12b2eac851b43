package dev.sluice.lab.machine;

import java.util.Map;

/**
 * A machine's usage at one moment, as its kernel counts it.
 *
 * @param figures by the names of DigitalOcean's metrics, such as {@code load_1} or {@code memory_free}; in bytes
 * @param cpuSeconds seconds since the boot in each mode, such as {@code idle}
 * @param bytes sent and received since the boot, by interface and direction, such as {@code private inbound}
 */
public record MachineUsage(Map<String, Double> figures, Map<String, Double> cpuSeconds, Map<String, Double> bytes) {
    public MachineUsage {
        figures = Map.copyOf(figures);
        cpuSeconds = Map.copyOf(cpuSeconds);
        bytes = Map.copyOf(bytes);
    }
}
