package dev.sluice.lab.namespaces;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The image debian-12-x64: built once from the machine's own package sources, kept by the digest of its recipe. */
public final class BaseImage {
    /** The image's key in the API. */
    public static final String KEY = "debian-12-x64";

    private static final Duration BUILD = Duration.ofMinutes(15);
    private static final Duration UNPACK = Duration.ofMinutes(2);

    private final LabDirectory directory;
    private final Path archive;
    private final InitSystem init;

    public BaseImage(LabDirectory directory, Map<String, String> environment) throws IOException {
        this.directory = directory;
        this.init = InitSystem.of(environment);
        String kind = init == InitSystem.SYSTEMD ? "-systemd" : "";
        this.archive = cache(environment).resolve("base-" + digest() + kind + ".tar.zst");
    }

    /** Whether it is built; building takes about a minute. */
    public boolean cached() {
        return Files.exists(archive);
    }

    /** The path of its archive. */
    public Path archive() {
        return archive;
    }

    /** Builds it unless it exists. If two labs need it at the same time, one builds and the other waits. */
    public void build() throws IOException {
        Files.createDirectories(archive.getParent());
        Path turn = archive.resolveSibling(archive.getFileName() + ".lock");
        // Closing the file releases the lock.
        try (FileChannel file = FileChannel.open(turn, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.lock();
            if (!cached()) {
                buildAlone();
            }
        }
    }

    private void buildAlone() throws IOException {
        Path own = archive.resolveSibling(
                archive.getFileName() + "." + ProcessHandle.current().pid());
        HostCommand.run(
                List.of(
                        "env",
                        "SLUICE_LAB_INIT=" + init.word(),
                        "sh",
                        directory.script("build-image.sh").toString(),
                        directory.library().toString(),
                        own.toString()),
                BUILD);
        Files.move(own, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Unpacks it into the memory of a running hub unless it exists there. */
    public void unpack(NamespaceHub hub) throws IOException {
        String inside = "cd \"$1\"; if [ -e base/usr/lib/lab/complete ]; then exec cat >/dev/null; fi; "
                + "rm -rf base; mkdir base; exec tar -C base --exclude='./dev/*' -xf -";
        ArrayList<String> words = new ArrayList<>(
                List.of("sh", "-euc", "archive=$1; shift; zstd -dcq \"$archive\" | \"$@\"", "sh", archive.toString()));
        words.addAll(hub.enterCommand(
                List.of("sh", "-euc", inside, "sh", directory.images().toString())));
        HostCommand.run(words, UNPACK);
    }

    private static Path cache(Map<String, String> environment) {
        String named = environment.getOrDefault("SLUICE_CACHE", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path parent = shared.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(shared);
        return parent.resolve("sluice");
    }

    private static String digest() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : LabDirectory.recipe()) {
                try (InputStream text = LabDirectory.resource(name)) {
                    digest.update(text.readAllBytes());
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("every Java has SHA-256", failure);
        }
    }
}
