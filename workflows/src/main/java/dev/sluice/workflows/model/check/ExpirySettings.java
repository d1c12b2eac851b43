package dev.sluice.workflows.model.check;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The expiry settings of the cluster file.
 *
 * @param every interval of the checks
 * @param authorities certificates in PEM that are trusted besides the system's; may be empty
 * @param registries URL of the list of the registries' RDAP servers
 */
public record ExpirySettings(
        Duration every,
        List<WatchedName> names,
        List<WatchedDomain> domains,
        DayLimits templates,
        String authorities,
        String registries) {
    public ExpirySettings {
        names = List.copyOf(names);
        domains = List.copyOf(domains);
    }

    /** Limits in days: left of a date, or of age. */
    public record DayLimits(int warn, int critical) {}

    /**
     * A name whose certificate is checked.
     *
     * @param proxies whether each proxy's own address is checked, too
     * @param renew the owner's own command that would renew it; may be empty
     */
    public record WatchedName(String name, int port, boolean proxies, DayLimits left, String renew) {}

    /**
     * A registered domain.
     *
     * @param until date from the cluster file, for registries that publish none
     * @param renew how the owner renews it; may be empty
     */
    public record WatchedDomain(String name, DayLimits left, Optional<LocalDate> until, String renew) {}
}
