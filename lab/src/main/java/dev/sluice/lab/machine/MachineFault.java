package dev.sluice.lab.machine;

/** What can go wrong on one machine, by the name that {@code sluice lab break} uses. */
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
    /** All processes stand still: TCP connects, SSH says nothing. */
    SSH_FROZEN,
    /** The writable disk is full. */
    DISK_FULL,
    /** The machine has no power. */
    OFF;

    /** The name on the command line, such as {@code wrong-package-version}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
