package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody who has never seen Sluice types what the tutorial says, in a lab of their own. */
@Tag("long")
class StrangerIT {
    @Test
    void theTutorialServesAPage() {
        Product.isBuilt();
        Product.Outcome outcome = Product.run(
                Map.of(), List.of(Product.HOME.resolve("scripts/stranger.sh").toString()));

        assertThat(outcome.exit()).as(outcome.all()).isZero();
        assertThat(outcome.out()).contains("The tutorial holds: a page was served.");
    }
}
