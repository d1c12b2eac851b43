package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.cloud.SpecificationObserver;
import dev.sluice.workflows.fake.TestTemporalPool.WorkerMode;
import dev.sluice.workflows.walk.WalkPool;
import java.io.IOException;
import java.util.stream.LongStream;

/** Walks whose cloud is the lab behind HTTP: the real steps and the lab are held against DigitalOcean's specification. */
final class WalksOverHttp {
    private WalksOverHttp() {}

    static LongStream seeds(long first, long last) {
        return LongStream.rangeClosed(first, last).filter(WalkPool::isOverHttp);
    }

    static void walk(long seed) throws IOException {
        WorkerMode hand = seed % 200 < 100 ? WorkerMode.STAYS : WorkerMode.IS_REPLACED;
        try (LabCloudBackend ground = new LabCloudBackend(LabFaultPlan.of(seed), hand)) {
            WalkPool.walk(seed, ground, ground.bench());
            assertThat(ground.held().violations()).isEmpty();
            assertThat(ground.held().held() > 0)
                    .as("requests were held against it")
                    .isEqualTo(SpecificationObserver.hasSpecification());
        }
    }
}
