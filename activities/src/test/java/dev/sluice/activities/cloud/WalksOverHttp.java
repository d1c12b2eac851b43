package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.api.HeldAgainstSpecification;
import dev.sluice.workflows.fake.Benches.Hand;
import dev.sluice.workflows.walk.Walks;
import java.io.IOException;
import java.util.stream.LongStream;

/** Walks whose cloud is the lab behind HTTP: the real steps and the lab are held against DigitalOcean's specification. */
final class WalksOverHttp {
    private WalksOverHttp() {}

    static LongStream seeds(long first, long last) {
        return LongStream.rangeClosed(first, last).filter(Walks::isOverHttp);
    }

    static void walk(long seed) throws IOException {
        Hand hand = seed % 200 < 100 ? Hand.STAYS : Hand.IS_REPLACED;
        try (LabGround ground = new LabGround(LabBreaks.of(seed), hand)) {
            Walks.walk(seed, ground, ground.bench());
            assertThat(ground.held().violations()).isEmpty();
            assertThat(ground.held().held() > 0)
                    .as("requests were held against it")
                    .isEqualTo(HeldAgainstSpecification.isAtHand());
        }
    }
}
