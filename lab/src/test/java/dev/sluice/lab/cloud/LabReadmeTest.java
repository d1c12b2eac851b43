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

/** The README's tables match the code. */
final class LabReadmeTest {
    private static final String BEGIN = "<!-- operations -->\n";
    private static final String END = "<!-- end of operations -->";

    @Test
    void theTableOfOperationsEqualsTheRoutes() throws IOException {
        try (LabCloud cloud = new LabCloud(new MemoryMachines(), new VirtualClock(TestLab.START), TestLab.settings())) {
            // Copy it over the section in the README after a change of the operations.
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
        for (ApiFault fault : ApiFault.values()) {
            assertThat(text).contains("| `" + fault.word() + "` |");
        }
        for (MachineFault fault : MachineFault.values()) {
            assertThat(text).contains("| `" + fault.word() + "` |");
        }
    }

    private static String section(String begin, String end) throws IOException {
        String text = readme();
        return text.substring(text.indexOf(begin) + begin.length(), text.indexOf(end));
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
