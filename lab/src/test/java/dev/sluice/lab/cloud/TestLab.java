package dev.sluice.lab.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.machine.MachineBackend;
import dev.sluice.lab.server.LabServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A lab for one test: a cloud, its server and a client. */
final class TestLab implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final String TOKEN = "lab-token";
    private static final int MAX_POLLS = 1000;

    final LabCloud cloud;
    final LabServer server;
    final TestApiClient api;
    private final Consumer<Duration> pass;
    private final ConnectionProbe reach;

    /** Tests whether a machine can connect to a TCP port of an address. */
    interface ConnectionProbe {
        boolean connects(long from, String address, int port) throws IOException;
    }

    /** @param pass lets time pass: it advances a virtual clock, or waits */
    TestLab(MachineBackend machines, Clock clock, LabSettings settings, Consumer<Duration> pass) {
        this(new LabCloud(machines, clock, settings), pass);
    }

    TestLab(LabCloud cloud, Consumer<Duration> pass) {
        this(cloud, pass, (from, address, port) -> {
            throw new IllegalStateException("This test's lab has no machines that could connect.");
        });
    }

    TestLab(LabCloud cloud, Consumer<Duration> pass, ConnectionProbe reach) {
        this.reach = reach;
        this.pass = pass;
        this.cloud = cloud;
        try {
            this.server = new LabServer(cloud, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.api = new TestApiClient(server.url(), TOKEN);
    }

    /** Settings with rate limits that no test reaches. */
    static LabSettings settings() {
        return LabSettings.of(TOKEN).withRequests(1_000_000, 1_000_000, 1_000);
    }

    void pass(Duration time) {
        pass.accept(time);
    }

    /** Polls a path until its response matches, while time passes. */
    JsonNode awaitState(String path, Predicate<JsonNode> wanted) {
        for (int look = 0; look < MAX_POLLS; look++) {
            TestApiClient.ReceivedResponse answer = api.get(path);
            if (wanted.test(answer.json())) {
                return answer.json();
            }
            pass(Duration.ofMillis(50));
        }
        throw new AssertionError(path + " did not become what the test waits for; last: "
                + api.get(path).json());
    }

    static String order(String name) {
        return "{'name':'" + name + "','region':'fra1','size':'s-1vcpu-1gb','image':'debian-12-x64'}";
    }

    /** Creates a droplet that is active and unlocked. */
    long droplet(String name) {
        return ready(api.post("/v2/droplets", order(name)));
    }

    long ready(TestApiClient.ReceivedResponse created) {
        if (created.status() != 202) {
            throw new AssertionError("The droplet was not created: " + created.json());
        }
        long id = created.json().path("droplet").path("id").asLong();
        awaitAction(created.json().at("/links/actions/0/id").asLong(), "completed");
        awaitState(
                "/v2/droplets/" + id,
                json -> json.path("droplet").path("status").asText().equals("active")
                        && !json.path("droplet").path("locked").asBoolean());
        return id;
    }

    /** Begins an action and waits for its end. */
    JsonNode act(long droplet, String body) {
        TestApiClient.ReceivedResponse begun = api.post("/v2/droplets/" + droplet + "/actions", body);
        if (begun.status() != 201) {
            throw new AssertionError("The action was refused: " + begun.json());
        }
        return awaitAction(begun.json().path("action").path("id").asLong(), "");
    }

    /** Waits for the end of an action, and fails if its status is not the wanted one. */
    JsonNode awaitAction(long id, String wanted) {
        JsonNode action = awaitState(
                        "/v2/actions/" + id,
                        json -> !json.path("action").path("status").asText().equals("in-progress"))
                .path("action");
        if (!wanted.isEmpty() && !action.path("status").asText().equals(wanted)) {
            throw new AssertionError("The action did not end as %s: %s".formatted(wanted, action));
        }
        return action;
    }

    /** Whether one droplet reaches port 22 of an address. */
    boolean reaches(long from, String address) {
        try {
            return reach.connects(from, address, 22);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The droplet's address in the private network. */
    String address(long droplet) {
        return look(droplet).at("/networks/v4/0/ip_address").asText();
    }

    /** The total of the list at this path. */
    int total(String path) {
        return api.get(path).json().at("/meta/total").asInt(-1);
    }

    JsonNode look(long droplet) {
        return api.get("/v2/droplets/" + droplet).json().path("droplet");
    }

    @Override
    public void close() {
        server.close();
        cloud.close();
    }
}
