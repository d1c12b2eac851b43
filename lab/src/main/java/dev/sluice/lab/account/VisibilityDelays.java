package dev.sluice.lab.account;

import java.util.Locale;

/**
 * How long after its cause an effect shows in the API, in milliseconds. DigitalOcean guarantees no times.
 *
 * @param action the least time an action takes, however fast the machine is
 * @param tag how long after its creation a droplet is not found by tag, as DigitalOcean tags it afterwards
 * @param list how long a new droplet is neither listed nor found by its id
 * @param address how long an active droplet shows no address
 * @param delete how long a deleted droplet is still shown
 */
public record VisibilityDelays(int action, int tag, int list, int address, int delete) {
    /** Every effect shows at once: for demos. */
    public static final VisibilityDelays INSTANT = new VisibilityDelays(0, 0, 0, 0, 0);

    /** Actions take 150 ms. */
    public static final VisibilityDelays USUAL = new VisibilityDelays(150, 0, 0, 0, 0);

    /** All delays that DigitalOcean's users report, together: for fault tests. */
    public static final VisibilityDelays HARSH = new VisibilityDelays(2_000, 3_000, 2_000, 1_500, 2_000);

    public VisibilityDelays {
        if (action < 0 || tag < 0 || list < 0 || address < 0 || delete < 0) {
            throw new IllegalArgumentException("the lab's delays must not be negative");
        }
    }

    /** Returns the delays that {@code SLUICE_LAB_DELAYS} names; empty means usual. */
    public static VisibilityDelays named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "instant" -> INSTANT;
            case "", "usual" -> USUAL;
            case "harsh" -> HARSH;
            default ->
                throw new IllegalArgumentException(
                        "SLUICE_LAB_DELAYS is \"" + name + "\", but must be instant, usual or harsh.");
        };
    }

    VisibilityDelays withAction(int millis) {
        return new VisibilityDelays(millis, tag, list, address, delete);
    }

    VisibilityDelays withTag(int millis) {
        return new VisibilityDelays(action, millis, list, address, delete);
    }
}
