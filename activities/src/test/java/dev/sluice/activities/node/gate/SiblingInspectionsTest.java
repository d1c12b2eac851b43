package dev.sluice.activities.node.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.ssh.CommandResult;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.FailureType;
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

final class SiblingInspectionsTest {
    private final List<String> journal = new CopyOnWriteArrayList<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(InspectionFixtures.NOW);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final NodeShells shells = new NodeShells() {
        @Override
        public Shell open(Node node) {
            return (command, limit) -> {
                journal.add(node.name().value());
                if (node.name().value().equals("frozen")) {
                    throw TypedFailures.of(FailureType.NODE_UNREACHABLE, "frozen does not answer.");
                }
                return new CommandResult(0, InspectionFixtures.RECORDED, "");
            };
        }

        @Override
        public Shell openAtFirstBoot(Node node) {
            throw new AssertionError("a member proves itself by its certificate");
        }
    };

    @Test
    void inspectsMembersOnceInHalfAMinuteAndOmitsSilentOnes() {
        List<Node> nodes = List.of(NodeFixtures.node("hello-app-2", 2), NodeFixtures.node("frozen", 3));
        try (SiblingInspections siblings = new SiblingInspections(shells, clock);
                ActivityHeartbeat beats = ActivityHeartbeat.start()) {
            Map<NodeName, InspectionOutput> answers =
                    siblings.inspect(nodes, beats).join();
            assertThat(answers).containsOnlyKeys(new NodeName("hello-app-2"));
            now.set(InspectionFixtures.NOW.plus(Duration.ofSeconds(29)));
            assertThat(siblings.inspect(nodes, beats).join()).isEqualTo(answers);
            assertThat(journal).containsExactlyInAnyOrder("hello-app-2", "frozen");
            now.set(InspectionFixtures.NOW.plus(Duration.ofSeconds(31)));
            siblings.inspect(nodes, beats).join();
            assertThat(journal).hasSize(4);
        }
    }
}
