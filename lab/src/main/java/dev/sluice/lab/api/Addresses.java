package dev.sluice.lab.api;

import java.util.BitSet;

/** The places in the lab's two networks: the lowest free one is given away next. */
final class Addresses {
    // 256 rows of 250: what fits into 10.77.0.0/16 when the last octet runs from 2 to 251.
    private static final int PLACES = 256 * 250;

    private final BitSet taken = new BitSet();

    int take() {
        int place = taken.nextClearBit(0);
        if (place >= PLACES) throw Refusal.unprocessable("The lab's network has no free address left.");
        taken.set(place);
        return place;
    }

    void free(int place) {
        taken.clear(place);
    }
}
