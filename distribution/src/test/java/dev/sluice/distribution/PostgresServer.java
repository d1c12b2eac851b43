package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** A PostgreSQL of this machine with a database of its own, on loopback; gone with its folder when it is closed. */
final class PostgresServer implements AutoCloseable {
    static final String USER = "temporal";

    /** It does not run as root. */
    private static final String NOBODY = "65534";

    private final Path programs;
    private final Path folder;
    private final String password;
    final int port = freePort();

    private PostgresServer(Path programs, Path folder, String password) {
        this.programs = programs;
        this.folder = folder;
        this.password = password;
    }

    /** Where Debian puts the newest one's programs; empty if there is none. */
    static Optional<Path> programs() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    static PostgresServer start(Path programs, String password) throws IOException {
        Path folder = Files.createTempDirectory("sluice-postgres");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        PostgresServer started = new PostgresServer(programs, folder, password);
        Path secret = Files.writeString(folder.resolve("password"), password);
        started.must(
                "initdb", "-D", started.data(), "-U", USER, "--auth=scram-sha-256", "--pwfile=" + secret, "-E", "UTF8");
        String options = "-p %d -k %s -c listen_addresses=127.0.0.1".formatted(started.port, folder);
        started.must("pg_ctl", "-D", started.data(), "-l", folder + "/log", "-o", options, "-w", "start");
        return started;
    }

    private String data() {
        return folder + "/data";
    }

    /** Returns the database's answer without frames. */
    String ask(String database, String query) {
        ProcessRunner.ProcessOutcome outcome = ProcessRunner.run(
                Map.of("PGPASSWORD", password, "PATH", "/usr/bin:/bin"),
                List.of(
                        programs.resolve("psql").toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-U",
                        USER,
                        "-d",
                        database,
                        "-tAc",
                        query));
        assertThat(outcome.exit()).as(outcome.said()).isZero();
        return outcome.said().strip();
    }

    private void must(String program, String... words) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(words));
        ProcessRunner.ProcessOutcome outcome = ProcessRunner.run(ProcessRunner.plain(), command);
        assertThat(outcome.exit()).as(outcome.said()).isZero();
    }

    @Override
    public void close() throws IOException {
        must("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A free port that Temporal can remember: it keeps its members' ports in PostgreSQL as smallint, at most 32767. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // another one
            }
        }
    }
}
