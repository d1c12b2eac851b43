package dev.sluice.starter.clusterfile;

import static dev.sluice.starter.clusterfile.ClusterFileReader.matches;

import dev.sluice.workflows.model.Checks;
import dev.sluice.workflows.model.Checks.Hardware;
import dev.sluice.workflows.model.Checks.HttpCheck;
import dev.sluice.workflows.model.Checks.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what the gate asks of a role's nodes. */
final class ChecksReader {
    private static final Duration WITHIN = Duration.ofSeconds(2);

    private final Problems problems;

    ChecksReader(Problems problems) {
        this.problems = problems;
    }

    Optional<Checks> read(Section checks, String serviceName) {
        List<String> processes = checks.words("processes");
        List<Integer> ports = checks.ports("ports");
        List<Integer> closed = checks.ports("closed");
        List<Optional<HttpCheck>> http = checks.each("http", section -> http(section, serviceName));
        List<String> packages = checks.words("packages");
        List<String> certificates = checks.words("certificates");
        Limits limits = checks.section("limits", false, this::limits).orElse(Limits.DEFAULT);
        Hardware hardware = checks.section("hardware", false, this::hardware).orElse(Hardware.DEFAULT);
        int passes = checks.number("passes", 2, 1, 10);
        return problems.none()
                ? Optional.of(new Checks(
                        processes,
                        ports,
                        closed,
                        http.stream().flatMap(Optional::stream).toList(),
                        packages,
                        certificates,
                        limits,
                        hardware,
                        passes))
                : Optional.empty();
    }

    private Optional<HttpCheck> http(Section http, String serviceName) {
        int port = http.number("port", 1, 65535);
        boolean secure = http.flag("secure", false);
        String host = http.text("host", serviceName, matches("[A-Za-z0-9.:-]+"), "a host name");
        String path = http.text("path", text -> text.startsWith("/"), "a path: it must begin with /");
        int status = http.number("status", 200, 100, 599);
        String contains = http.text("contains", "", text -> true, "text");
        int within = milliseconds(http, "within", WITHIN);
        return problems.none()
                ? Optional.of(new HttpCheck(port, secure, host, path, status, contains, within))
                : Optional.empty();
    }

    private Limits limits(Section limits) {
        Limits usual = Limits.DEFAULT;
        Pair disk = pair(limits, "disk", new Pair(usual.diskWarn(), usual.diskCritical()));
        Pair memory = pair(limits, "memory", new Pair(usual.memoryWarn(), usual.memoryCritical()));
        double load = limits.section("load", false, section -> section.decimal("warn", usual.loadWarn()))
                .orElse(usual.loadWarn());
        Pair clock = pair(limits, "clock", new Pair(usual.clockWarn(), usual.clockCritical()));
        Pair certificate = pair(limits, "certificate", new Pair(usual.certificateWarn(), usual.certificateCritical()));
        int errors = limits.section(
                        "errors", false, section -> section.number("warn", usual.errorLinesWarn(), 0, 1_000_000))
                .orElse(usual.errorLinesWarn());
        return new Limits(
                disk.warn(),
                disk.critical(),
                memory.warn(),
                memory.critical(),
                load,
                clock.warn(),
                clock.critical(),
                certificate.warn(),
                certificate.critical(),
                errors);
    }

    private Hardware hardware(Section hardware) {
        Hardware usual = Hardware.DEFAULT;
        return new Hardware(
                hardware.words("model"),
                hardware.flag("strict", usual.strictModel()),
                hardware.words("flags"),
                hardware.number("cores", usual.cores(), 1, 1024),
                hardware.number("memory", usual.memory(), 1, 16_777_216),
                hardware.decimal("times", usual.times()),
                milliseconds(hardware, "cpu_floor", Duration.ofMillis(usual.cpuFloor())),
                milliseconds(hardware, "fsync_floor", Duration.ofMillis(usual.fsyncFloor())));
    }

    private static Pair pair(Section limits, String key, Pair usual) {
        return limits.section(
                        key,
                        false,
                        section -> new Pair(
                                section.number("warn", usual.warn(), 0, 1_000_000),
                                section.number("critical", usual.critical(), 0, 1_000_000)))
                .orElse(usual);
    }

    private static int milliseconds(Section section, String key, Duration otherwise) {
        Duration duration = section.duration(key, otherwise);
        if (duration.compareTo(Duration.ofHours(1)) > 0) {
            section.problem(key, "is longer than an hour");
            return 0;
        }
        return (int) duration.toMillis();
    }

    /** A limit for a warning and one for a failure. */
    private record Pair(int warn, int critical) {}
}
