package dev.sluice.lab.namespaces;

import dev.sluice.lab.machine.MachineUsage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Parses the output of {@code machine.sh usage}: lines of a kind, a name and a number. */
final class UsageText {
    private UsageText() {}

    static MachineUsage read(String text) throws IOException {
        Map<String, Map<String, Double>> kinds = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split("\t", -1);
            try {
                kinds.computeIfAbsent(words[0], kind -> new HashMap<>()).put(words[1], Double.parseDouble(words[2]));
            } catch (ArrayIndexOutOfBoundsException | NumberFormatException failure) {
                throw new IOException(
                        "machine.sh usage printed \"" + line + "\" instead of a kind, a name and a number.", failure);
            }
        }
        return new MachineUsage(
                kinds.getOrDefault("figure", Map.of()),
                kinds.getOrDefault("cpu", Map.of()),
                kinds.getOrDefault("bytes", Map.of()));
    }
}
