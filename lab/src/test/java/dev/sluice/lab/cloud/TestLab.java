package dev.sluice.lab.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.machine.MachineBackend;
import dev.sluice.lab.server.LabServer;
import java.io.IOException;
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
    private static final int MOST_LOOKS = 1000;

    final LabCloud cloud;
    final LabServer server;
    final TestApiClient api;
    private final Consumer<Duration> pass;
    private final ConnectionProbe reach;

    /** Whether a TCP connection from a machine gets through to a port of an address. */
    interface ConnectionProbe {
        boolean connects(long from, String address, int port) throws IOException;
    }

    /** @param pass lets time pass: a clock of the test goes on, or the test waits */
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
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        this.api = new TestApiClient(server.url(), TOKEN);
    }

    /** An account whose limits of requests are out of the way. */
    static LabSettings settings() {
        return LabSettings.of(TOKEN).withRequests(1_000_000, 1_000_000, 1_000);
    }

    void pass(Duration time) {
        pass.accept(time);
    }

    /** Looks at a path until its answer is as wanted, while time passes. */
    JsonNode awaitState(String path, Predicate<JsonNode> wanted) {
        for (int look = 0; look < MOST_LOOKS; look++) {
            var answer = api.get(path);
            if (wanted.test(answer.json())) return answer.json();
            pass(Duration.ofMillis(50));
        }
        throw new AssertionError(path + " did not become what the test waits for; last: "
                + api.get(path).json());
    }

    static String order(String name) {
        return "{'name':'" + name + "','region':'fra1','size':'s-1vcpu-1gb','image':'debian-12-x64'}";
    }

    /** A droplet that is active and unlocked. */
    long droplet(String name) {
        return ready(api.post("/v2/droplets", order(name)));
    }

    long ready(TestApiClient.ReceivedResponse created) {
        if (created.status() != 202) throw new AssertionError("The droplet was not created: " + created.json());
        long id = created.json().path("droplet").path("id").asLong();
        awaitAction(created.json().at("/links/actions/0/id").asLong(), "completed");
        awaitState(
                "/v2/droplets/" + id,
                json -> json.path("droplet").path("status").asText().equals("active")
                        && !json.path("droplet").path("locked").asBoolean());
        return id;
    }

    /** Does an action and waits for its end. */
    JsonNode act(long droplet, String body) {
        var begun = api.post("/v2/droplets/" + droplet + "/actions", body);
        if (begun.status() != 201) throw new AssertionError("The action was refused: " + begun.json());
        return awaitAction(begun.json().path("action").path("id").asLong(), "");
    }

    /** The action once it is over; it must have ended in this way, if one is named. */
    JsonNode awaitAction(long id, String wanted) {
        var action = awaitState(
                        "/v2/actions/" + id,
                        json -> !json.path("action").path("status").asText().equals("in-progress"))
                .path("action");
        if (!wanted.isEmpty() && !action.path("status").asText().equals(wanted))
            throw new AssertionError("The action did not end as " + wanted + ": " + action);
        return action;
    }

    /** Whether one droplet reaches port 22 of an address. */
    boolean reaches(long from, String address) {
        try {
            return reach.connects(from, address, 22);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The droplet's address in the private network. */
    String address(long droplet) {
        return look(droplet).at("/networks/v4/0/ip_address").asText();
    }

    /** How many there are in the list at this path. */
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
