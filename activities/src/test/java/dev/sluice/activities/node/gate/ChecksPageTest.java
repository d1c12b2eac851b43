package dev.sluice.activities.node.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChecksPageTest {
    private static final Path PAGE = Path.of("../docs/checks.md");

    @Test
    void pageListsAllChecksInTheOrderOfTheCode() throws IOException {
        List<String> words = rows().stream().map(row -> row.get(1)).toList();
        assertThat(words)
                .containsExactlyElementsOf(
                        Arrays.stream(GateCheck.values()).map(GateCheck::word).toList());
    }

    @Test
    void eachRowHasCommandLimitsAndFault() throws IOException {
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row).hasSize(7);
            assertThat(row.subList(2, 6)).allSatisfy(cell -> assertThat(cell).isNotBlank());
        });
    }

    private static List<List<String>> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Check "))
                .map(line ->
                        Arrays.stream(line.split("\\|", 7)).map(String::strip).toList())
                .toList();
    }
}
