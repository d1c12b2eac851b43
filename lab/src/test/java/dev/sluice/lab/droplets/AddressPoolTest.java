package dev.sluice.lab.droplets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AddressPoolTest {
    private static final int PLACES = 256 * 250;

    private final AddressPool addresses = new AddressPool();

    @Test
    void allocatesEveryPlaceBeforeItReusesOne() {
        addresses.free(addresses.take());
        for (int place = 1; place < PLACES; place++) {
            assertThat(addresses.take()).isEqualTo(place);
        }
        assertThat(addresses.take()).isZero();
    }

    @Test
    void neverAllocatesATakenPlace() {
        for (int place = 0; place < PLACES; place++) {
            addresses.take();
        }
        assertThatThrownBy(addresses::take).hasMessageContaining("no free address left");
        addresses.free(7);
        assertThat(addresses.take()).isEqualTo(7);
    }
}
