package dev.sluice.lab.namespaces;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The image debian-12-x64: built once from the machine's own package sources, kept by the digest of its recipe. */
public final class BaseImage {
    /** The key that the API knows it by. */
    public static final String KEY = "debian-12-x64";

    private static final Duration BUILD = Duration.ofMinutes(15);
    private static final Duration UNPACK = Duration.ofMinutes(2);

    private final LabDirectory directory;
    private final Path archive;

    public BaseImage(LabDirectory directory, Map<String, String> environment) throws IOException {
        this.directory = directory;
        this.archive = cache(environment).resolve("base-" + digest() + ".tar.zst");
    }

    /** Whether it has been built; building takes about a minute. */
    public boolean cached() {
        return Files.exists(archive);
    }

    /** Where it is kept. */
    public Path archive() {
        return archive;
    }

    /** Builds it, unless it is there. */
    public void build() throws IOException {
        if (cached()) return;
        Files.createDirectories(archive.getParent());
        Command.run(
                List.of(
                        "sh",
                        directory.script("build-image.sh").toString(),
                        directory.library().toString(),
                        archive.toString()),
                BUILD);
    }

    /** Unpacks it into the lab's directory, unless it is there; an unfinished tree of an earlier try goes. */
    public void unpack() throws IOException {
        Path tree = directory.images().resolve("base");
        Path done = directory.file("base.unpacked");
        if (Files.exists(done)) return;
        String script = "mkdir -p \"$2\" && cd \"$2\" && exec zstd -dcq \"$1\" | sh \"$3\" sh -euc "
                + "'rm -rf \"$1\"; mkdir \"$1\"; exec tar -C \"$1\" --exclude=\"./dev/*\" -xf -' sh \"$4\"";
        Command.run(
                List.of(
                        "sh",
                        "-euc",
                        script,
                        "sh",
                        archive.toString(),
                        directory.root().toString(),
                        directory.script("userns.sh").toString(),
                        tree.toString()),
                UNPACK);
        Files.writeString(done, archive.getFileName() + "\n");
    }

    private static Path cache(Map<String, String> environment) {
        String named = environment.getOrDefault("SLUICE_CACHE", "");
        if (!named.isEmpty()) return Path.of(named);
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path parent = shared.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(shared);
        return parent.resolve("sluice");
    }

    private static String digest() throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (String name : LabDirectory.recipe()) {
                try (InputStream text = LabDirectory.resource(name)) {
                    digest.update(text.readAllBytes());
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
