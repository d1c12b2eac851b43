package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.SharedLabExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change waits for a person: yes, no, silence, and a yes to another plan. */
@ExtendWith(SharedLabExtension.class)
@Order(70)
class ChangeApprovalIT {
    private static final String RUN = "change/hello/app";

    @BeforeAll
    static void aServingCluster(DemoCluster cluster) {
        cluster.ensureTwoOfEach();
    }

    @Test
    void aYesToThatPlanAndNoOtherLetsItGoOnAndNobodyElseChangesTheRoleMeanwhile(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        String plan = waits("--needs-approval");

        SluiceProcess.ProcessOutcome second =
                SluiceProcess.runSluice("deploy", "--role", "app", "--reason", "the second");
        assertThat(second.exit()).as(second.transcript()).isEqualTo(5);
        assertThat(second.transcript()).contains("Refused: hello / app is being changed", "a person is asked");
        SluiceProcess.ProcessOutcome wrong =
                SluiceProcess.runSluice("approve", RUN, "--plan", "0123456789ab", "--reason", "looks good");
        assertThat(wrong.exit()).as(wrong.transcript()).isEqualTo(7);
        assertThat(wrong.transcript()).contains("not plan 0123456789ab");
        assertThat(world.accountContents()).isEqualTo(before);

        world.requireSuccess(SluiceProcess.runSluice("approve", RUN, "--plan", plan, "--reason", "looks good"));
        assertThat(world.requireSuccess(SluiceProcess.runSluice("watch", RUN)).transcript())
                .contains("In service after", "looks good");
        world.requireSuccess(SluiceProcess.runSluice("retire", cluster.newDroplet(before), "--reason", "tidy"));
        assertThat(world.accountContents()).isEqualTo(before);
    }

    @Test
    void aNoEndsItBeforeAnythingIsCreated(DemoCluster cluster) {
        Map<String, Set<String>> before = cluster.world().accountContents();
        waits("--needs-approval");

        cluster.world().requireSuccess(SluiceProcess.runSluice("reject", RUN, "--reason", "not before the sale"));

        SluiceProcess.ProcessOutcome end = SluiceProcess.runSluice("watch", RUN);
        assertThat(end.exit()).as(end.transcript()).isEqualTo(7);
        assertThat(end.transcript()).contains("Not approved", "not before the sale");
        assertThat(cluster.world().accountContents()).isEqualTo(before);
    }

    @Test
    void silenceIsANo(DemoCluster cluster) {
        Map<String, Set<String>> before = cluster.world().accountContents();
        waits("--approve-after-gate", "--approve-by", "12s");

        SluiceProcess.ProcessOutcome end = cluster.world().awaitRunEnd(RUN);

        assertThat(end.exit()).as(end.transcript()).isEqualTo(7);
        assertThat(end.transcript()).contains("Not approved", "was not approved until");
        assertThat(cluster.world().accountContents()).isEqualTo(before);
    }

    private static String waits(String... words) {
        String[] all = new String[words.length + 5];
        System.arraycopy(new String[] {"deploy", "--role", "app", "--reason", "a person is asked"}, 0, all, 0, 5);
        System.arraycopy(words, 0, all, 5, words.length);
        SluiceProcess.ProcessOutcome outcome = SluiceProcess.runSluice(all);
        assertThat(outcome.exit()).as(outcome.transcript()).isEqualTo(6);
        Matcher plan = Pattern.compile("--plan ([0-9a-f]{12})").matcher(outcome.transcript());
        assertThat(plan.find()).as(outcome.transcript()).isTrue();
        return plan.group(1);
    }
}
