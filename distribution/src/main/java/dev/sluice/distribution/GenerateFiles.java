package dev.sluice.distribution;

import dev.sluice.starter.Sluice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Generates files of the tarball from the commands and the bill of materials: completions, manual page, licences. */
public final class GenerateFiles {
    private GenerateFiles() {}

    /** Arguments: the bill of materials, the directory of jars, the output directory, Sluice's version and its time. */
    public static void main(String[] arguments) throws IOException {
        Path into = Path.of(arguments[2]);
        CommandLine commands = Sluice.commands();
        completions(commands, into.resolve("completion"));
        write(
                into.resolve("man/man1/sluice.1"),
                new ManPage(commands, arguments[3], arguments[4].substring(0, 10)).text());
        new ThirdPartyLicences(Path.of(arguments[0]), Path.of(arguments[1])).writeTo(into.resolve("licences"));
    }

    private static void completions(CommandLine commands, Path into) throws IOException {
        write(into.resolve("sluice.bash"), AutoComplete.bash("sluice", commands));
        write(into.resolve("_sluice"), new ZshCompletion(CommandPath.all(commands)).text());
        write(into.resolve("sluice.fish"), new FishCompletion(CommandPath.all(commands)).text());
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
