package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.workflows.fake.DocumentPage;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.runbook.run.Patience;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Open runs continue while a worker is replaced: the current runbooks replay every kept history. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoriesTest {
    static final Path KEPT = Path.of("src", "test", "resources", "histories");

    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    static List<String> kept() {
        try (Stream<Path> files = Files.list(KEPT)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
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
    void keptHistoryReplays(String name) {
        temporal.replay(name, read(name));
    }

    /** A run of a release may be open anywhere: scripts/set-version.sh writes down what its histories are. */
    @Test
    void historiesOfAReleaseStayAsTheyWereRecorded() throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (String line : Files.readAllLines(KEPT.resolve("frozen.sha256"))) {
            String[] sumAndName = line.split(" +", 2);
            byte[] sum = sha256.digest(Files.readAllBytes(KEPT.resolve(sumAndName[1])));
            assertThat(HexFormat.of().formatHex(sum)).as(sumAndName[1]).isEqualTo(sumAndName[0]);
        }
    }

    /** Returns the page's table: a row for each runbook, a cell for each ending; a dash means no such ending. */
    static Stream<Arguments> endings() {
        List<String> columns = List.of("done", "failed", "cancelled", "not undone", "rejected", "expired");
        return rows().stream()
                .flatMap(row -> IntStream.range(0, columns.size())
                        .filter(column -> !row.get(column + 1).equals("–"))
                        .mapToObj(column -> arguments(unquoted(row.get(0)), columns.get(column), row.get(column + 1))));
    }

    private static List<List<String>> rows() {
        return DocumentPage.of("how-to/change-a-runbook.md").rows();
    }

    private static String unquoted(String cell) {
        return cell.replace("`", "");
    }

    @ParameterizedTest
    @MethodSource("endings")
    void everyEndingOfThePageHasAHistory(String runbook, String ending, String cell) {
        for (String name : unquoted(cell).split(", ", -1)) {
            assertThat(runbook(read(name + ".json"))).isEqualTo(runbook);
            assertThat(ending(read(name + ".json"))).as(name).isEqualTo(ending);
        }
    }

    @Test
    void pageNamesEveryRunbookAndEveryHistory() {
        assertThat(rows())
                .extracting(row -> unquoted(row.get(0)))
                .containsExactlyInAnyOrderElementsOf(Runbooks.all(Patience.STANDARD).stream()
                        .map(runbook -> runbook.type().getSimpleName())
                        .toList());
        Set<String> named = endings()
                .flatMap(arguments ->
                        Stream.of(unquoted(String.valueOf(arguments.get()[2])).split(", ", -1)))
                .collect(Collectors.toSet());
        assertThat(kept()).allMatch(file -> named.contains(file.replace(".json", "")));
    }

    private static String ending(WorkflowExecutionHistory history) {
        HistoryEvent last = history.getHistory().getEvents(history.getHistory().getEventsCount() - 1);
        return switch (last.getEventType()) {
            case EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED -> "done";
            case EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED -> "cancelled";
            case EVENT_TYPE_WORKFLOW_EXECUTION_FAILED ->
                switch (last.getWorkflowExecutionFailedEventAttributes()
                        .getFailure()
                        .getApplicationFailureInfo()
                        .getType()) {
                    case "NOT_UNDONE" -> "not undone";
                    case "APPROVAL_REJECTED" -> "rejected";
                    case "APPROVAL_EXPIRED" -> "expired";
                    default -> "failed";
                };
            default -> last.getEventType().name();
        };
    }

    @Test
    void changedHistoryDoesNotReplay() {
        String changed = text("deploy-app-done.json").replace("Node.FirstBoot", "Node.CleanUp");

        assertThatThrownBy(() -> temporal.replay("changed", WorkflowExecutionHistory.fromJson(changed)))
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
