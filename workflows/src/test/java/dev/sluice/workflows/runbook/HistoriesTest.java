package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.workflows.fake.Bench;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that are open while a worker is replaced go on: today's runbooks make of kept histories what they made then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoriesTest {
    static final Path KEPT = Path.of("src", "test", "resources", "histories");

    private Bench bench;

    @BeforeAll
    void start() {
        bench = new Bench();
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    static List<String> kept() {
        try (Stream<Path> files = Files.list(KEPT)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static WorkflowExecutionHistory read(String name) {
        return WorkflowExecutionHistory.fromJson(text(name));
    }

    private static String text(String name) {
        try {
            return Files.readString(KEPT.resolve(name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @ParameterizedTest
    @MethodSource("kept")
    void replays(String name) {
        bench.replay(name, read(name));
    }

    @Test
    void everyRunbookIsAmongThem() {
        Set<String> types = kept().stream().map(name -> runbook(read(name))).collect(Collectors.toSet());

        assertThat(types)
                .containsExactlyInAnyOrderElementsOf(Runbooks.all(Patience.STANDARD).stream()
                        .map(runbook -> runbook.type().getSimpleName())
                        .toList());
    }

    @Test
    void anotherRunbooksHistoryDoesNotReplay() {
        String changed = text("deploy-app-done.json").replace("Node.FirstBoot", "Node.CleanUp");

        assertThatThrownBy(() -> bench.replay("changed", WorkflowExecutionHistory.fromJson(changed)))
                .hasMessageContaining("does not replay");
    }

    private static String runbook(WorkflowExecutionHistory history) {
        return history.getHistory()
                .getEvents(0)
                .getWorkflowExecutionStartedEventAttributes()
                .getWorkflowType()
                .getName();
    }
}
