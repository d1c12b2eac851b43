package dev.sluice.activities.node.gate;

import com.google.errorprone.annotations.FormatMethod;
import dev.sluice.activities.ssh.RemoteText;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckStatus;
import java.util.Locale;

/** All checks of the gate, by their names in docs/checks.md; a test compares the two. */
enum GateCheck {
    HOSTNAME,
    MACHINE_ID,
    HOST_KEY,
    PROCESSES,
    PORTS,
    CLOSED_PORTS,
    HTTP,
    HEALTH,
    EXECUTION_TIME,
    PACKAGES,
    PACKAGES_OF_MEMBERS,
    CONFIGURATION,
    RELEASE,
    CERTIFICATE,
    DISK,
    INODES,
    MEMORY,
    LOAD,
    SMART,
    ECC,
    TEMPERATURE,
    CLOCK,
    ERROR_LOG,
    CPU_MODEL,
    CPU_FLAGS,
    CORES,
    MEMORY_SIZE,
    CPU_TIME,
    FSYNC_TIME;

    /** The name in the page and in verdicts, such as {@code closed-ports}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @FormatMethod
    CheckResult ok(String says, Object... values) {
        return result(CheckStatus.OK, says.formatted(values));
    }

    @FormatMethod
    CheckResult warn(String says, Object... values) {
        return result(CheckStatus.WARN, says.formatted(values));
    }

    @FormatMethod
    CheckResult critical(String says, Object... values) {
        return result(CheckStatus.CRITICAL, says.formatted(values));
    }

    /** Critical, but a state that may pass by itself: the gate waits for its end. */
    @FormatMethod
    CheckResult notYet(String says, Object... values) {
        return new CheckResult(word(), CheckStatus.CRITICAL, RemoteText.line(says.formatted(values)), true);
    }

    @FormatMethod
    CheckResult unknown(String says, Object... values) {
        return result(CheckStatus.UNKNOWN, says.formatted(values));
    }

    @FormatMethod
    CheckResult notApplicable(String says, Object... values) {
        return result(CheckStatus.NOT_APPLICABLE, says.formatted(values));
    }

    CheckResult result(CheckStatus status, String says) {
        return new CheckResult(word(), status, RemoteText.line(says));
    }
}
