package dev.sluice.activities.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.activities.ssh.Answer;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.activities.ssh.Shells;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SiblingsTest {
    private final List<String> journal = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Cases.NOW);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final Shells shells = new Shells() {
        @Override
        public Shell open(Node node) {
            return (command, limit) -> {
                journal.add(node.name().value());
                if (node.name().value().equals("frozen")) {
                    throw Failures.of(FailureType.NODE_UNREACHABLE, "frozen does not answer.");
                }
                return new Answer(0, Cases.RECORDED, "");
            };
        }

        @Override
        public Shell openAtFirstBoot(Node node) {
            throw new AssertionError("a member proves itself by its certificate");
        }
    };

    @Test
    void members_are_asked_once_in_half_a_minute_and_a_silent_one_is_left_out() {
        List<Node> nodes = List.of(Nodes.node("hello-app-2", 2), Nodes.node("frozen", 3));
        try (Siblings siblings = new Siblings(shells, clock);
                Heartbeats beats = Heartbeats.start()) {
            Map<NodeName, Look> answers = siblings.ask(nodes, beats).join();
            assertThat(answers).containsOnlyKeys(new NodeName("hello-app-2"));
            now.set(Cases.NOW.plus(Duration.ofSeconds(29)));
            assertThat(siblings.ask(nodes, beats).join()).isEqualTo(answers);
            assertThat(journal).containsExactlyInAnyOrder("hello-app-2", "frozen");
            now.set(Cases.NOW.plus(Duration.ofSeconds(31)));
            siblings.ask(nodes, beats).join();
            assertThat(journal).hasSize(4);
        }
    }
}
