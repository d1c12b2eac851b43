package dev.sluice.lab.api;

import java.util.Locale;

/**
 * How long after its cause something shows in the API, in milliseconds: DigitalOcean promises no time for any of it.
 *
 * @param action the least time an action takes, however fast the machine is
 * @param tag how long after its creation a droplet is not yet found by tag, as DigitalOcean tags it afterwards
 * @param list how long a new droplet is in no list and not found by its id
 * @param address how long a droplet that is active shows no address
 * @param delete how long a deleted droplet is still shown
 */
public record Delays(int action, int tag, int list, int address, int delete) {
    /** Everything shows at once: for demos. */
    public static final Delays INSTANT = new Delays(0, 0, 0, 0, 0);

    /** Actions take a moment. */
    public static final Delays USUAL = new Delays(150, 0, 0, 0, 0);

    /** All that DigitalOcean's users have complained of, at once: for proofs. */
    public static final Delays HARSH = new Delays(2_000, 3_000, 2_000, 1_500, 2_000);

    public Delays {
        if (action < 0 || tag < 0 || list < 0 || address < 0 || delete < 0)
            throw new IllegalArgumentException("the lab's delays must not be negative");
    }

    /** The delays of this name, as {@code SLUICE_LAB_DELAYS} has it; none means usual. */
    public static Delays named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "instant" -> INSTANT;
            case "", "usual" -> USUAL;
            case "harsh" -> HARSH;
            default ->
                throw new IllegalArgumentException(
                        "SLUICE_LAB_DELAYS is \"" + name + "\", but must be instant, usual or harsh.");
        };
    }

    Delays withAction(int millis) {
        return new Delays(millis, tag, list, address, delete);
    }

    Delays withTag(int millis) {
        return new Delays(action, millis, list, address, delete);
    }
}
