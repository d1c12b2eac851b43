package dev.sluice.lab.droplets;

import dev.sluice.lab.api.ApiErrorException;
import java.util.BitSet;

/** The places in the lab's two networks: each is given away once before one is given away again, as in a large cloud. */
final class AddressPool {
    // 256 rows of 250: what fits into 10.77.0.0/16 when the last octet runs from 2 to 251.
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
