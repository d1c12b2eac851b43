package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.testing.TemporalDevServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worker's image without an engine: in namespaces of its own the Dockerfile's ADD, RUN, ENV, USER and ENTRYPOINT are
 * carried out over this machine's system, made read-only, with the keys where docker-compose.yml puts them.
 */
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
class WorkerImageIT {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    /** $1 the image's /opt, $2 the keys, $3 the Dockerfile's RUN, $4 its USER, $5 its ENTRYPOINT. */
    private static final String CONTAINER = """
            set -eu
            mount --bind "$1" /opt
            sh -c "$3"
            mount -t tmpfs tmpfs /run
            mkdir /run/sluice
            mount --bind "$2" /run/sluice
            mount -t tmpfs -o mode=1777 tmpfs /tmp
            for place in / /opt /run /run/sluice; do mount -o remount,bind,ro "$place"; done
            for place in /etc /opt/sluice /run/sluice; do
              if (: >"$place/written") 2>/dev/null; then echo "$place can be written to"; exit 99; fi
            done
            cd /tmp
            if [ "$(cat /proc/self/uid_map | tr -s ' ')" = " 0 0 4294967295" ]; then
              exec setpriv --reuid "${4%:*}" --regid "${4#*:}" --clear-groups --no-new-privs --bounding-set=-all "$5"
            fi
            exec unshare --user --map-user="${4%:*}" --map-group="${4#*:}" setpriv --no-new-privs "$5"
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void runsUnprivilegedOnAReadOnlyRootAndStopsOnRequest() throws Exception {
        int port = freePort();
        try (TemporalDevServer server = TemporalCliServer.start("sluice")) {
            Process worker = ProcessRunner.start(environment(server, port), container());
            try {
                assertThat(ready(port).exit()).isEqualTo(1);
                untilReady(worker, port);
                if (ROOT) {
                    assertThat(Files.readString(Path.of("/proc/" + worker.pid() + "/status")))
                            .contains("\nUid:\t10001\t10001\t10001\t10001\n", "\nCapBnd:\t0000000000000000\n");
                }
                worker.destroy();
                assertThat(worker.waitFor(40, TimeUnit.SECONDS)).isTrue();
                assertThat(worker.exitValue()).isEqualTo(143);
            } finally {
                worker.destroyForcibly();
            }
        }
    }

    private List<String> container() throws IOException {
        Path opt = Files.createDirectories(folder.resolve("opt"));
        assertThat(Dockerfile.all("ADD")).containsExactly("sluice-*.tar.gz /opt/");
        InstalledTarball.unpackInto(opt);
        List<String> namespaces =
                ROOT ? List.of("unshare", "--mount") : List.of("unshare", "--map-root-user", "--mount");
        List<String> command = new java.util.ArrayList<>(namespaces);
        command.addAll(List.of("sh", "-c", CONTAINER, "container", opt.toString(), keys().toString()));
        command.addAll(
                List.of(Dockerfile.all("RUN").get(0), Dockerfile.all("USER").get(0), Dockerfile.program("ENTRYPOINT")));
        return command;
    }

    /** What docs/install.md tells the operator to make. */
    private Path keys() throws IOException {
        Path keys = Files.createDirectories(folder.resolve("keys"));
        String made = """
                umask 077; cd "%s" && mkdir secrets && echo token >do-token && head -c 48 /dev/urandom >first-contact \
                && ssh-keygen -q -t ed25519 -N '' -f ssh-key && ssh-keygen -q -t ed25519 -N '' -f host-ca%s
                """.formatted(keys, ROOT ? " && chown -R 10001:10001 ." : "");
        ProcessRunner.ProcessOutcome outcome = ProcessRunner.bash(ProcessRunner.plain(), made);
        assertThat(outcome.exit()).as(outcome.said()).isZero();
        return keys;
    }

    /** The image's and docker-compose.yml's; only where Temporal and the worker listen is this machine's. */
    private static Map<String, String> environment(TemporalDevServer server, int port) {
        Map<String, String> environment = new HashMap<>(Dockerfile.environment());
        ComposeFile.map(ComposeFile.service("worker").get("environment"))
                .forEach((name, value) -> environment.put(name.toString(), value.toString()));
        environment.put("TEMPORAL_ADDRESS", server.getTarget());
        environment.put("SLUICE_WORKER_PORT", Integer.toString(port));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return environment;
    }

    private static void untilReady(Process worker, int port) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (ready(port).exit() != 0) {
            if (!worker.isAlive()) {
                throw new AssertionError("The worker ended with %d: %s"
                        .formatted(
                                worker.exitValue(),
                                new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
            }
            assertThat(System.nanoTime()).as("ready within 90 s").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /** The image's health check. */
    private static ProcessRunner.ProcessOutcome ready(int port) {
        String program = Dockerfile.program("HEALTHCHECK").replaceFirst("^/opt/sluice/", "");
        Map<String, String> environment = new HashMap<>(ProcessRunner.plain());
        environment.put("SLUICE_WORKER_PORT", Integer.toString(port));
        return ProcessRunner.run(
                environment, List.of(InstalledTarball.home().resolve(program).toString()));
    }

    /** Below the range of outgoing connections, so that it stays free until it is used. */
    private static int freePort() {
        int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            return freePort();
        }
    }
}
