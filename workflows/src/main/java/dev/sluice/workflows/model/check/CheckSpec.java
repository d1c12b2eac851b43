package dev.sluice.workflows.model.check;

import java.util.List;

/**
 * Checks of one role's nodes, beyond the checks of every node.
 *
 * @param processes names that must run
 * @param ports TCP ports that must listen on the private address
 * @param closed TCP ports that the public address must refuse
 * @param http requests to the private address
 * @param packages whose versions are shown by name when the manifest differs
 * @param certificates paths of PEM certificates whose days left are judged
 * @param passes inspections in a row without a failure that open the gate
 */
public record CheckSpec(
        List<String> processes,
        List<Integer> ports,
        List<Integer> closed,
        List<HttpCheck> http,
        List<String> packages,
        List<String> certificates,
        CheckLimits limits,
        HardwareRequirements hardware,
        int passes) {
    public CheckSpec {
        processes = List.copyOf(processes);
        ports = List.copyOf(ports);
        closed = List.copyOf(closed);
        http = List.copyOf(http);
        packages = List.copyOf(packages);
        certificates = List.copyOf(certificates);
    }

    /**
     * One request.
     *
     * @param port to connect to
     * @param secure whether over TLS; the certificate's name is not judged here
     * @param host value of the Host header
     * @param status expected
     * @param contains text that the body must contain; may be empty
     * @param within milliseconds for the whole answer; more is critical
     */
    public record HttpCheck(
            int port, boolean secure, String host, String path, int status, String contains, int within) {
        public HttpCheck {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("'%s': a path must begin with /".formatted(path));
            }
        }
    }

    /**
     * Limits of warn and critical.
     *
     * @param diskWarn percent of the root disk in use
     * @param memoryCritical MiB that must at least be available
     * @param loadWarn load of one minute per core
     * @param clockCritical seconds of difference to the worker's clock
     * @param certificateCritical days left
     * @param errorLinesWarn lines of level error or worse in Apache's log since boot
     */
    public record CheckLimits(
            int diskWarn,
            int diskCritical,
            int memoryWarn,
            int memoryCritical,
            double loadWarn,
            int clockWarn,
            int clockCritical,
            int certificateWarn,
            int certificateCritical,
            int errorLinesWarn) {
        public static final CheckLimits DEFAULT = new CheckLimits(80, 95, 96, 48, 8.0, 2, 30, 30, 7, 10);
    }

    /**
     * Minimum hardware under a node, since it may differ for every clone.
     *
     * @param model accepted CPU models; empty accepts any
     * @param strictModel whether another model is critical instead of a warning
     * @param flags CPU flags that must exist
     * @param memory MiB
     * @param times factor over the siblings' median that a timing may be
     * @param cpuFloor milliseconds under which a CPU timing never closes the gate
     * @param fsyncFloor milliseconds under which an fsync never closes the gate
     */
    public record HardwareRequirements(
            List<String> model,
            boolean strictModel,
            List<String> flags,
            int cores,
            int memory,
            double times,
            int cpuFloor,
            int fsyncFloor) {
        public static final HardwareRequirements DEFAULT =
                new HardwareRequirements(List.of(), false, List.of(), 1, 400, 5.0, 400, 25);

        public HardwareRequirements {
            model = List.copyOf(model);
            flags = List.copyOf(flags);
        }
    }
}
