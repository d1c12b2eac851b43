package dev.sluice.lab.namespaces;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.stream.Stream;

/**
 * The directory of a running lab: scripts, images, machines, sockets, process ids.
 *
 * @param root an absolute path, short because mount options and socket names are limited
 */
public record LabDirectory(Path root) {
    /** The outer uid of the inner root when the caller is root; see userns.sh. */
    static final int FIRST_UID = 200_000;

    private static final List<String> SCRIPTS = List.of(
            "userns.sh", "hub.sh", "hub.nft", "firewall.nft", "machine.sh", "fault.sh", "boot.sh", "build-image.sh");
    private static final List<String> IMAGE_FILES = List.of(
            "packages.txt",
            "customize.sh",
            "init",
            "systemctl",
            "cloud-init",
            "cloud.cfg",
            "power",
            "sshd.conf",
            "slow-disk.c",
            "clock-skew.c",
            "systemd.sh");

    public LabDirectory {
        if (!root.isAbsolute() || root.toString().length() > 60) {
            throw new IllegalArgumentException(
                    "The lab's directory is %s, but must be absolute and at most 60 characters long. Set SLUICE_LAB_DIR."
                            .formatted(root));
        }
    }

    /** Returns what {@code SLUICE_LAB_DIR} names, else a directory for each user under /var/tmp. */
    public static LabDirectory of(Map<String, String> environment) {
        String named = environment.getOrDefault("SLUICE_LAB_DIR", "");
        return new LabDirectory(Path.of(named.isEmpty() ? "/var/tmp/sluice-lab-" + uid() : named));
    }

    /** The user id of this process. */
    static int uid() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException failure) {
            throw new UncheckedIOException("The owner of /proc/self cannot be read; is /proc mounted?", failure);
        }
    }

    /** Whether this process is the host's root, and not only that of a user namespace. */
    static boolean isRoot() {
        try {
            StringTokenizer map = new StringTokenizer(Files.readString(Path.of("/proc/self/uid_map")));
            map.nextToken();
            return uid() == 0 && map.nextToken().equals("0");
        } catch (IOException failure) {
            throw new UncheckedIOException("/proc/self/uid_map cannot be read; is /proc mounted?", failure);
        }
    }

    /** Creates the directory and writes the scripts into it. Idempotent. */
    public void prepare() throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        for (Path directory : List.of(library(), library().resolve("image"), machines(), images(), sockets())) {
            Files.createDirectories(directory);
        }
        for (String script : SCRIPTS) {
            extract(script);
        }
        for (String file : IMAGE_FILES) {
            extract("image/" + file);
        }
        for (Path directory : List.of(root, machines(), images())) {
            giveToMachines(directory);
        }
    }

    /** Gives a file to the root of the hub, which is another user when the caller is root. */
    void giveToMachines(Path file) throws IOException {
        if (!isRoot()) {
            return;
        }
        Files.setAttribute(file, "unix:uid", FIRST_UID);
        Files.setAttribute(file, "unix:gid", FIRST_UID);
    }

    private void extract(String name) throws IOException {
        try (InputStream text = resource(name)) {
            Path file = library().resolve(name);
            Files.copy(text, file, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    static InputStream resource(String name) throws IOException {
        return Optional.ofNullable(LabDirectory.class.getResourceAsStream("/dev/sluice/lab/" + name))
                .orElseThrow(() -> new IOException("The lab's resource %s is missing from its jar.".formatted(name)));
    }

    /** The files that the content of a base image depends on. */
    static List<String> recipe() {
        return Stream.concat(Stream.of("build-image.sh"), IMAGE_FILES.stream().map(file -> "image/" + file))
                .toList();
    }

    public Path library() {
        return root.resolve("lib");
    }

    public Path script(String name) {
        return library().resolve(name);
    }

    public Path machines() {
        return root.resolve("machines");
    }

    public Path machine(long id) {
        return machines().resolve(Long.toString(id));
    }

    public Path images() {
        return root.resolve("images");
    }

    public Path sockets() {
        return root.resolve("sock");
    }

    public Path file(String name) {
        return root.resolve(name);
    }
}
