package dev.sluice.lab.machine;

import java.util.Locale;

/** The faults of machines, by the names that {@code sluice lab break} uses. */
public enum MachineFault {
    /** dpkg reports another version of apache2 than the image had. */
    WRONG_PACKAGE_VERSION,
    /** /proc/cpuinfo names another CPU model. */
    OTHER_CPU_MODEL,
    /** /proc/cpuinfo lacks a flag (aes). */
    MISSING_CPU_FLAG,
    /** Each fsync takes at least 40 ms. */
    SLOW_DISK,
    /** The application answers 500 to everything but /health. */
    APP_ANSWERS_500,
    /** All processes are stopped: TCP connects, SSH sends nothing. */
    SSH_FROZEN,
    /** The writable disk is full. */
    DISK_FULL,
    /** Newly started programs see a clock that is some seconds ahead; the kernel's clock stays right. */
    CLOCK_SKEW(90),
    /** A graceful reload ends httpd; a later start works. */
    RELOAD_KILLS_HTTPD,
    /** Processes from SSH sessions write 512 bytes into a file and are killed. */
    HALF_FILE,
    /** The machine reboots by itself, once, some seconds later. */
    NODE_REBOOTS(5),
    /** Another SSH server answers at the machine's addresses, with a host key of its own. */
    OTHER_HOST_KEY,
    /** The machine has no power. */
    OFF;

    private final int seconds;

    MachineFault() {
        this(0);
    }

    MachineFault(int seconds) {
        this.seconds = seconds;
    }

    /** Its default seconds; 0 if it has none. */
    public int seconds() {
        return seconds;
    }

    /** The name on the command line, such as {@code wrong-package-version}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
