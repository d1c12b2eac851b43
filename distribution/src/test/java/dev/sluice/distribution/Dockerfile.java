package dev.sluice.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The instructions of compose/Dockerfile, so that a test can carry them out without an engine. */
final class Dockerfile {
    private static final Path FILE = Path.of("../compose/Dockerfile");

    private Dockerfile() {}

    static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Returns the arguments of that instruction, in order. */
    static List<String> all(String instruction) {
        return text().lines()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1))
                .toList();
    }

    static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        all("ENV").forEach(each -> environment.put(each.replaceFirst("=.*", ""), each.replaceFirst("[^=]*=", "")));
        return environment;
    }

    /** The one program in an instruction's JSON form. */
    static String program(String instruction) {
        return Pattern.compile("\\[\"([^\"]+)\"]")
                .matcher(all(instruction).get(0))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }
}
