package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.SluiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A new operator types the commands of the tutorial in a lab of their own, as an ordinary user of this machine. Where the
 * test runs as root, it creates that user. The test shows also that the lab needs no root.
 */
class TutorialWalkthroughIT {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final Pattern TOOK = Pattern.compile("(\\d+) s  A page was served\\.");
    private static final Pattern ORDINARY = Pattern.compile("(?m)^As \\S+, uid [1-9]\\d*, ");

    /** Seconds until the page: 90 are promised; in {@code ./verify} another suite runs beside it, with a lab of its own. */
    private static final int ONCE_BUILT = 120;

    private static final int FROM_A_CLONE = 600;

    @Order(10)
    @Test
    void servesAPageToAnOrdinaryUserFromTheBuild() {
        assertThat(secondsOf("--new-user", "--built")).isLessThanOrEqualTo(ONCE_BUILT);
    }

    @Order(20)
    @Tag("long")
    @Test
    void servesAPageToAnOrdinaryUserFromAFreshClone() {
        assertThat(secondsOf("--new-user")).isLessThanOrEqualTo(FROM_A_CLONE);
    }

    /** Seconds until the page was served. A test that is not root cannot create a user: it runs as itself with an empty home. */
    private static int secondsOf(String... options) {
        SluiceProcess.markBuilt();
        List<String> command = new ArrayList<>(
                List.of(SluiceProcess.HOME.resolve("scripts/stranger.sh").toString()));
        if (ROOT) {
            command.addAll(List.of(options));
        }
        SluiceProcess.ProcessOutcome outcome = new SluiceProcess.RunningProcess(
                        command, SluiceProcess.launch(Map.of(), command), System.nanoTime())
                .awaitEnd(Duration.ofSeconds(2 * FROM_A_CLONE));

        assertThat(outcome.exit()).as(outcome.transcript()).isZero();
        assertThat(outcome.out()).containsPattern(ORDINARY).contains("The tutorial holds.");
        Matcher took = TOOK.matcher(outcome.out());
        assertThat(took.find()).as(outcome.transcript()).isTrue();
        System.out.printf("%s: a page was served after %s s%n", String.join(" ", options), took.group(1));
        return Integer.parseInt(took.group(1));
    }
}
