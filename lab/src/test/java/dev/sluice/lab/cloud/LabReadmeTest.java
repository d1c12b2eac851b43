package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.fault.ApiFault;
import dev.sluice.lab.machine.MachineFault;
import dev.sluice.lab.memory.MemoryMachines;
import dev.sluice.lab.memory.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README says what the code does; when it differs, the test prints what belongs there. */
final class LabReadmeTest {
    private static final String BEGIN = "<!-- operations -->\n";
    private static final String END = "<!-- end of operations -->";

    @Test
    void theTableOfOperationsIsTheListThatRequestsAreRoutedFrom() throws IOException {
        try (var cloud = new LabCloud(new MemoryMachines(), new VirtualClock(TestLab.START), TestLab.settings())) {
            // Copied over the section in the README when operations have come or changed.
            Files.writeString(Path.of("target", "operations.md"), table(cloud.operations()));
            assertThat(section(BEGIN, END)).isEqualTo(table(cloud.operations()));
        }
    }

    private static String table(List<ApiOperation> operations) {
        return operations.stream()
                .map(operation -> "| `%s` | %s | %s |\n"
                        .formatted(
                                operation.title(),
                                operation.description(),
                                operation.specified() ? "yes" : "**not validated**"))
                .collect(Collectors.joining("", "| operation | in the lab | specification |\n|---|---|---|\n", ""));
    }

    @Test
    void everyFaultIsExplained() throws IOException {
        String text = readme();
        for (ApiFault fault : ApiFault.values()) assertThat(text).contains("| `" + fault.word() + "` |");
        for (MachineFault fault : MachineFault.values()) assertThat(text).contains("| `" + fault.word() + "` |");
    }

    private static String section(String begin, String end) throws IOException {
        String text = readme();
        return text.substring(text.indexOf(begin) + begin.length(), text.indexOf(end));
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
