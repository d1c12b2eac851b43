package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.activities.cloud.api.CloudDroplet;
import dev.sluice.activities.cloud.client.CloudSettings;
import dev.sluice.activities.cloud.client.DigitalOceanApi;
import dev.sluice.activities.cloud.client.MovingClock;
import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.cloud.LabCloud;
import dev.sluice.lab.cloud.SpecificationObserver;
import dev.sluice.lab.memory.MemoryMachines;
import dev.sluice.lab.server.LabServer;
import dev.sluice.workflows.activity.CloudActivities.CloneOrder;
import dev.sluice.workflows.activity.CloudActivities.SnapshotOrder;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A lab in memory behind real HTTP, with the steps that are tried on it; its time moves when a step waits. All that is asked
 * and answered has to be as DigitalOcean's specification says, where it is at hand.
 */
public final class LabFixture implements AutoCloseable {
    public static final ClusterName HELLO = new ClusterName("hello");
    static final Sha256Digest MANIFEST = new Sha256Digest("a".repeat(64));
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJr4vwqEXrUrNs3mFkPVf0m8oOqh7zqgbIB9qJk5s5dM sluice";
    static final String KEY_ORDER = "{\"name\":\"sluice\",\"public_key\":\"" + KEY + "\"}";

    public final MovingClock clock = new MovingClock();
    public final ClockHeartbeat heart = new ClockHeartbeat(clock);
    public final LabCloud lab;
    public final DigitalOceanApi cloud;
    final MemoryMachines machines = new MemoryMachines();
    public final DigitalOceanCloudActivities steps;
    private final SpecificationObserver held = SpecificationObserver.allButRefusedRequests();
    private final LabServer server;

    public LabFixture() throws IOException {
        this(LabSettings.of("secret"));
    }

    LabFixture(LabSettings settings) throws IOException {
        lab = new LabCloud(machines, clock, settings);
        server = new LabServer(lab, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), held);
        cloud = DigitalOceanApi.open(new CloudSettings(URI.create(server.url()), settings::token), clock);
        steps = new DigitalOceanCloudActivities(cloud, node -> "#!/bin/sh\n# " + node.name(), heart, clock);
        post("/v2/account/keys", KEY_ORDER);
    }

    /** The account as another token sees it. */
    DigitalOceanApi cloudOf(String token) {
        return DigitalOceanApi.open(new CloudSettings(URI.create(server.url()), () -> token), clock);
    }

    public static NodeRef node(String name, String run) {
        return new NodeRef(HELLO, Role.APP, new NodeName(name), run);
    }

    static CloneOrder order(NodeRef node, long image) {
        return new CloneOrder(node, "fra1", "s-1vcpu-1gb", image, Optional.empty(), List.of("sluice"));
    }

    /** A template baked in this lab. */
    Template bake(String name) {
        NodeRef machine = node("bake-" + name, "bake-run");
        DropletId droplet = steps.createBase(base(machine));
        steps.awaitDroplet(order(machine, 1), droplet);
        Template template = steps.snapshotNode(new SnapshotOrder(machine, droplet, name, MANIFEST));
        steps.destroyDroplet(machine, null);
        return template;
    }

    public static dev.sluice.workflows.activity.CloudActivities.BaseDropletOrder base(NodeRef machine) {
        return new dev.sluice.workflows.activity.CloudActivities.BaseDropletOrder(
                machine, "fra1", "s-1vcpu-1gb", "debian-12-x64", Optional.empty(), List.of("sluice"));
    }

    /** A droplet that somebody else made by the API. */
    public long foreign(String name, String tags) {
        JsonObject answer = post(
                "/v2/droplets",
                "{\"name\":\"%s\",\"region\":\"fra1\",\"size\":\"s-1vcpu-1gb\",\"image\":\"debian-12-x64\",\"tags\":[%s]}"
                        .formatted(name, tags));
        clock.advance(Duration.ofSeconds(5));
        return answer.getAsJsonObject("droplet").get("id").getAsLong();
    }

    /** A firewall that somebody made; the parts are members of its JSON, such as {@code "tags":["sluice"]}. */
    void firewall(String name, String parts) {
        post(
                "/v2/firewalls",
                "{\"name\":\"%s\",\"outbound_rules\":[{\"protocol\":\"tcp\",\"ports\":\"443\",\"destinations\":{\"addresses\":[\"0.0.0.0/0\"]}}],%s}"
                        .formatted(name, parts));
    }

    public JsonObject post(String path, String body) {
        return post(server.url(), path, body);
    }

    static JsonObject post(String url, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer secret")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(path + ": " + answer.body());
            }
            return JsonParser.parseString(answer.body()).getAsJsonObject();
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    public List<Long> idsOf(String name) {
        return cloud.findByName(name).stream().map(CloudDroplet::id).sorted().toList();
    }

    @Override
    public void close() {
        cloud.close();
        server.close();
        lab.close();
        assertThat(held.violations()).isEmpty();
    }
}
