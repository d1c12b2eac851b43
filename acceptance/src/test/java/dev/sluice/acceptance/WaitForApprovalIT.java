package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change waits for a person: yes, no, silence, and a yes to another plan. */
@ExtendWith(WithLab.class)
class WaitForApprovalIT {
    private static final String RUN = "change/hello/app";

    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @Test
    void aYesToThatPlanAndNoOtherLetsItGoOnAndNobodyElseChangesTheRoleMeanwhile(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        String plan = waits("--needs-approval");

        Product.Outcome second = Product.sluice("deploy", "--role", "app", "--reason", "the second");
        assertThat(second.exit()).as(second.all()).isEqualTo(5);
        assertThat(second.all()).contains("Refused: hello / app is being changed", "a person is asked");
        Product.Outcome wrong = Product.sluice("approve", RUN, "--plan", "0123456789ab", "--reason", "looks good");
        assertThat(wrong.exit()).as(wrong.all()).isEqualTo(7);
        assertThat(wrong.all()).contains("not plan 0123456789ab");
        assertThat(world.things()).isEqualTo(before);

        world.must(Product.sluice("approve", RUN, "--plan", plan, "--reason", "looks good"));
        assertThat(world.must(Product.sluice("watch", RUN)).all()).contains("In service after", "looks good");
        world.must(Product.sluice("retire", cluster.newest(before), "--reason", "tidy"));
        assertThat(world.things()).isEqualTo(before);
    }

    @Test
    void aNoEndsItBeforeAnythingIsCreated(Cluster cluster) {
        Map<String, Set<String>> before = cluster.world().things();
        waits("--needs-approval");

        cluster.world().must(Product.sluice("reject", RUN, "--reason", "not before the sale"));

        Product.Outcome end = Product.sluice("watch", RUN);
        assertThat(end.exit()).as(end.all()).isEqualTo(7);
        assertThat(end.all()).contains("Not approved", "not before the sale");
        assertThat(cluster.world().things()).isEqualTo(before);
    }

    @Test
    void silenceIsANo(Cluster cluster) {
        Map<String, Set<String>> before = cluster.world().things();
        waits("--approve-after-gate", "--approve-by", "12s");

        Product.Outcome end = cluster.world().untilEnd(RUN);

        assertThat(end.exit()).as(end.all()).isEqualTo(7);
        assertThat(end.all()).contains("Not approved", "nobody approved plan");
        assertThat(cluster.world().things()).isEqualTo(before);
    }

    private static String waits(String... words) {
        String[] all = new String[words.length + 5];
        System.arraycopy(new String[] {"deploy", "--role", "app", "--reason", "a person is asked"}, 0, all, 0, 5);
        System.arraycopy(words, 0, all, 5, words.length);
        Product.Outcome outcome = Product.sluice(all);
        assertThat(outcome.exit()).as(outcome.all()).isEqualTo(6);
        Matcher plan = Pattern.compile("--plan ([0-9a-f]{12})").matcher(outcome.all());
        assertThat(plan.find()).as(outcome.all()).isTrue();
        return plan.group(1);
    }
}
