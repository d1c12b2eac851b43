package dev.sluice.activities.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.workflows.activity.ProxyActivities.ProbationReport;
import dev.sluice.workflows.model.node.NodeName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a probation's answers come to. */
class ProbationJudgeTest {
    private static final NodeName PROXY = new NodeName("proxy-a");
    private static final NodeName OTHER = new NodeName("proxy-b");
    private static final NodeName RED = new NodeName("red");

    @Test
    void successfulAnswersOfTheMemberPass() {
        ProbationReport report = judge(pinned(200, 9), pinned(204, 11), free(200, 8, "blue"));
        assertThat(report)
                .isEqualTo(new ProbationReport(
                        2, 0, 11, 8, "2 pinned requests through proxy-a, 0 errors, p95 11 ms (siblings 8 ms)"));
    }

    @Test
    void oneErrorFails() {
        assertThatThrownBy(() -> judge(pinned(200, 9), pinned(500, 9), free(200, 8, "blue")))
                .hasMessageContaining(
                        "red: 1 of 2 pinned requests through proxy-a failed; the first: 500 from red for a"
                                + " request to red, through proxy-a");
    }

    @Test
    void answerOfAnotherMemberIsAnError() {
        assertThatThrownBy(() -> judge(new ProbationAnswer(PROXY, "red", 200, 5, "blue")))
                .hasMessageContaining("200 from blue for a request to red");
    }

    @Test
    void noAnswerIsAnError() {
        assertThatThrownBy(() -> judge(new ProbationAnswer(PROXY, "red", 0, 0, "")))
                .hasMessageContaining("no answer from no member for a request to red");
    }

    @Test
    void failsIfNoRequestPassedAProxy() {
        assertThatThrownBy(() -> ProbationJudge.judge(List.of(pinned(200, 9)), List.of(PROXY, OTHER), List.of(RED)))
                .hasMessageContaining("red: no pinned request went through proxy-b");
    }

    @Test
    void ignoresSlownessBelowTheFloor() {
        assertThat(judge(pinned(200, 249), free(200, 1, "blue")).p95()).isEqualTo(249);
    }

    @Test
    void slowMemberPassesWithSlowSiblings() {
        assertThat(judge(pinned(200, 900), free(200, 200, "blue")).siblingsP95())
                .isEqualTo(200);
    }

    @Test
    void muchSlowerThanTheSiblingsFails() {
        assertThatThrownBy(() -> judge(pinned(200, 251), free(200, 50, "blue")))
                .hasMessageContaining(
                        "red: p95 of 1 pinned requests is 251 ms, its siblings' is 50 ms; expected at most 5 times that"
                                + " or 250 ms");
    }

    @Test
    void oneSlowAnswerInTwentyPasses() {
        List<ProbationAnswer> seen = new ArrayList<>(List.of(pinned(200, 4000), free(200, 9, "blue")));
        for (int request = 1; request < 20; request++) {
            seen.add(pinned(200, 9));
        }
        assertThat(ProbationJudge.judge(seen, List.of(PROXY), List.of(RED)).p95())
                .isEqualTo(9);
    }

    @Test
    void ownUnpinnedAnswersAreNoSiblings() {
        assertThat(judge(pinned(200, 900), free(200, 1, "red")).says()).endsWith("p95 900 ms (no siblings)");
    }

    private static ProbationReport judge(ProbationAnswer... seen) {
        return ProbationJudge.judge(List.of(seen), List.of(PROXY), List.of(RED));
    }

    private static ProbationAnswer pinned(int code, double millis) {
        return new ProbationAnswer(PROXY, "red", code, millis, "red");
    }

    private static ProbationAnswer free(int code, double millis, String member) {
        return new ProbationAnswer(PROXY, "", code, millis, member);
    }
}
