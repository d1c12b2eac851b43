package dev.sluice.workflows.model.check;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the cluster file says of dates that run out.
 *
 * @param every how often they are looked at
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
     * A name whose certificate is looked at.
     *
     * @param proxies whether it is asked at each proxy's own address, too
     * @param renew the owner's own command that would renew it; may be empty
     */
    public record WatchedName(String name, int port, boolean proxies, DayLimits left, String renew) {}

    /**
     * A registered domain.
     *
     * @param until what its owner knows, where the registry does not say
     * @param renew what its owner would do to renew it; may be empty
     */
    public record WatchedDomain(String name, DayLimits left, Optional<LocalDate> until, String renew) {}
}
