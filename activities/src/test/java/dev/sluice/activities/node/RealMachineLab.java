package dev.sluice.activities.node;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.activities.cloud.DigitalOceanCloudActivities;
import dev.sluice.activities.cloud.client.CloudSettings;
import dev.sluice.activities.cloud.client.DigitalOceanApi;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.ssh.FirstContactKey;
import dev.sluice.activities.ssh.HostCertificateAuthority;
import dev.sluice.activities.ssh.JschNodeShells;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A lab of real machines in processes of its own; this JVM reaches them as a worker does, through the lab's SOCKS port. */
final class RealMachineLab implements AutoCloseable {
    final JschNodeShells shells;
    final HostCertificateAuthority authority;
    final DigitalOceanCloudActivities cloud;
    private final Path folder;
    private final DigitalOceanApi account;
    private final Map<String, String> environment = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    RealMachineLab(Path folder) throws IOException {
        this.folder = folder;
        lab("up");
        lab("env")
                .lines()
                .map(line -> line.replaceFirst("^export ", "").split("=", 2))
                .forEach(pair -> environment.put(pair[0], pair[1]));
        String[] socks = get("SLUICE_LAB_SOCKS").split(":", -1);
        System.setProperty("socksProxyHost", socks[0]);
        System.setProperty("socksProxyPort", socks[1]);
        Clock clock = Clock.systemUTC();
        FirstContactKey contact =
                new FirstContactKey("a secret of tests that is long enough".getBytes(StandardCharsets.UTF_8));
        authority = new HostCertificateAuthority(key("host-ca"), clock);
        shells = new JschNodeShells(key("id"), authority, contact, clock);
        account = DigitalOceanApi.open(
                new CloudSettings(URI.create(get("SLUICE_DO_API")), () -> get("SLUICE_DO_TOKEN")), clock);
        cloud = new DigitalOceanCloudActivities(account, contact, SleepingHeartbeat::new, clock);
        String mine = Files.readString(folder.resolve("id.pub")).strip();
        call("POST", "/v2/account/keys", "{\"name\":\"sluice\",\"public_key\":\"" + mine + "\"}");
    }

    /** Makes something wrong with the machines whose name has the text in it; returns when it is so. */
    long breaks(String fault, String name) {
        return planned("{\"name\":\"%s\",\"droplet\":\"%s\"}".formatted(fault, name));
    }

    /** The same, with the fault's seconds. */
    long breaks(String fault, String name, int seconds) {
        return planned("{\"name\":\"%s\",\"droplet\":\"%s\",\"seconds\":%d}".formatted(fault, name, seconds));
    }

    private long planned(String body) {
        return call("POST", "/lab/faults", body)
                .getAsJsonObject("fault")
                .get("id")
                .getAsLong();
    }

    void mends(long fault) {
        call("DELETE", "/lab/faults/" + fault, "");
    }

    private String get(String name) {
        return Optional.ofNullable(environment.get(name))
                .orElseThrow(() -> new IllegalStateException("The lab says no " + name));
    }

    private JsonObject call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(get("SLUICE_DO_API") + path))
                .header("Authorization", "Bearer " + get("SLUICE_DO_TOKEN"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(path + ": " + answer.body());
            }
            return answer.body().isEmpty()
                    ? new JsonObject()
                    : JsonParser.parseString(answer.body()).getAsJsonObject();
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private String key(String name) throws IOException {
        Path file = folder.resolve(name);
        run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file.toString()));
        return Files.readString(file);
    }

    private String lab(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sluice.lab.cli.LabMain"));
        command.addAll(List.of(words));
        return run(command);
    }

    private String run(List<String> command) throws IOException {
        Path out = Files.createTempFile(folder, "out", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment()
                .put(
                        "SLUICE_LAB_DIR",
                        "/var/tmp/sluice-gate-" + ProcessHandle.current().pid());
        // On a real machine the stage of cloud-init before the last one takes 12 s, and more beside other work.
        builder.environment().put("SLUICE_LAB_CONFIG_SECONDS", "20");
        builder.environment().put("SLUICE_LAB_CONFIG_MACHINES", "-late");
        try {
            int code = builder.start().waitFor();
            String said = Files.readString(out);
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + code + ": " + said);
            }
            return said;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() throws IOException {
        System.clearProperty("socksProxyHost");
        System.clearProperty("socksProxyPort");
        shells.close();
        account.close();
        lab("down");
    }

    /** Waits in real time, and nobody listens to it. */
    private static final class SleepingHeartbeat implements ActivityHeartbeat {
        @Override
        public void pause(Duration time) {
            try {
                if (new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("nobody counts it down");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }

        @Override
        public void remember(Instant instant) {}

        @Override
        public Optional<Instant> remembered() {
            return Optional.empty();
        }

        @Override
        public boolean isRetry() {
            return false;
        }

        @Override
        public void close() {}
    }
}
