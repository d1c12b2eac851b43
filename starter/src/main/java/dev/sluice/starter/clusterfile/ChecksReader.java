package dev.sluice.starter.clusterfile;

import static dev.sluice.starter.clusterfile.ClusterFileReader.matches;

import dev.sluice.workflows.model.check.CheckSpec;
import dev.sluice.workflows.model.check.CheckSpec.CheckLimits;
import dev.sluice.workflows.model.check.CheckSpec.HardwareRequirements;
import dev.sluice.workflows.model.check.CheckSpec.HttpCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the gate's checks of a role's nodes. */
final class ChecksReader {
    private static final Duration WITHIN = Duration.ofSeconds(2);

    private final ProblemCollector problems;

    ChecksReader(ProblemCollector problems) {
        this.problems = problems;
    }

    Optional<CheckSpec> read(YamlSection checks, String serviceName) {
        List<String> processes = checks.words("processes");
        List<Integer> ports = checks.ports("ports");
        List<Integer> closed = checks.ports("closed");
        List<Optional<HttpCheck>> http = checks.each("http", section -> http(section, serviceName));
        List<String> packages = checks.words("packages");
        List<String> certificates = checks.words("certificates");
        CheckLimits limits = checks.section("limits", this::limits).orElse(CheckLimits.DEFAULT);
        HardwareRequirements hardware =
                checks.section("hardware", this::hardware).orElse(HardwareRequirements.DEFAULT);
        int passes = checks.number("passes", 2, 1, 10);
        return problems.isEmpty()
                ? Optional.of(new CheckSpec(
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

    private Optional<HttpCheck> http(YamlSection http, String serviceName) {
        int port = http.number("port", 1, 65535);
        boolean secure = http.flag("secure", false);
        String host = http.text("host", serviceName, matches("[A-Za-z0-9.:-]+"), "a host name");
        String path = http.text("path", text -> text.startsWith("/"), "a path: it must begin with /");
        int status = http.number("status", 200, 100, 599);
        String contains = http.text("contains", "", text -> true, "text");
        int within = milliseconds(http, "within", WITHIN);
        return problems.isEmpty()
                ? Optional.of(new HttpCheck(port, secure, host, path, status, contains, within))
                : Optional.empty();
    }

    private CheckLimits limits(YamlSection limits) {
        CheckLimits usual = CheckLimits.DEFAULT;
        LimitPair disk = pair(limits, "disk", new LimitPair(usual.diskWarn(), usual.diskCritical()));
        LimitPair memory = pair(limits, "memory", new LimitPair(usual.memoryWarn(), usual.memoryCritical()));
        double load = limits.section("load", section -> section.decimal("warn", usual.loadWarn()))
                .orElse(usual.loadWarn());
        LimitPair clock = pair(limits, "clock", new LimitPair(usual.clockWarn(), usual.clockCritical()));
        LimitPair certificate =
                pair(limits, "certificate", new LimitPair(usual.certificateWarn(), usual.certificateCritical()));
        int errors = limits.section("errors", section -> section.number("warn", usual.errorLinesWarn(), 0, 1_000_000))
                .orElse(usual.errorLinesWarn());
        return new CheckLimits(
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

    private HardwareRequirements hardware(YamlSection hardware) {
        HardwareRequirements usual = HardwareRequirements.DEFAULT;
        return new HardwareRequirements(
                hardware.words("model"),
                hardware.flag("strict", usual.strictModel()),
                hardware.words("flags"),
                hardware.number("cores", usual.cores(), 1, 1024),
                hardware.number("memory", usual.memory(), 1, 16_777_216),
                hardware.decimal("times", usual.times()),
                milliseconds(hardware, "cpu_floor", Duration.ofMillis(usual.cpuFloor())),
                milliseconds(hardware, "fsync_floor", Duration.ofMillis(usual.fsyncFloor())));
    }

    private static LimitPair pair(YamlSection limits, String key, LimitPair usual) {
        return limits.section(
                        key,
                        section -> new LimitPair(
                                section.number("warn", usual.warn(), 0, 1_000_000),
                                section.number("critical", usual.critical(), 0, 1_000_000)))
                .orElse(usual);
    }

    private static int milliseconds(YamlSection section, String key, Duration otherwise) {
        Duration duration = section.duration(key, otherwise);
        if (duration.compareTo(Duration.ofHours(1)) > 0) {
            section.problem(key, "is longer than an hour; expected at most 1h");
            return 0;
        }
        return (int) duration.toMillis();
    }

    /** A limit for warn and one for critical. */
    private record LimitPair(int warn, int critical) {}
}
