package dev.sluice.lab.droplets;

import dev.sluice.lab.api.ApiErrorException;
import java.util.BitSet;

/** Allocates the addresses in the lab's two networks; a freed address is reused as late as possible. */
final class AddressPool {
    // 10.77.0.0/16 has 256 rows of 250 addresses when the last octet runs from 2 to 251.
    private static final int PLACES = 256 * 250;

    private final BitSet taken = new BitSet();
    private int next;

    int take() {
        int place = taken.nextClearBit(next);
        if (place >= PLACES) {
            place = taken.nextClearBit(0);
        }
        if (place >= PLACES) {
            throw ApiErrorException.unprocessable("The lab's network has no free address left.");
        }
        taken.set(place);
        next = place + 1;
        return place;
    }

    void free(int place) {
        taken.clear(place);
    }
}
