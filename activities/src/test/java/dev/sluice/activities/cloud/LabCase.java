package dev.sluice.activities.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.lab.api.HeldAgainstSpecification;
import dev.sluice.lab.api.LabCloud;
import dev.sluice.lab.api.LabServer;
import dev.sluice.lab.api.LabSettings;
import dev.sluice.lab.memory.MemoryMachines;
import dev.sluice.workflows.activity.CloudActivities.CloneOrder;
import dev.sluice.workflows.activity.CloudActivities.SnapshotOrder;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.Template;
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
public final class LabCase implements AutoCloseable {
    public static final ClusterName HELLO = new ClusterName("hello");
    static final Digest MANIFEST = new Digest("a".repeat(64));
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJr4vwqEXrUrNs3mFkPVf0m8oOqh7zqgbIB9qJk5s5dM sluice";
    static final String KEY_ORDER = "{\"name\":\"sluice\",\"public_key\":\"" + KEY + "\"}";

    public final MovingClock clock = new MovingClock();
    public final ClockHeart heart = new ClockHeart(clock);
    public final LabCloud lab;
    public final DigitalOceanCloud cloud;
    final MemoryMachines machines = new MemoryMachines();
    final CloudSteps steps;
    private final HeldAgainstSpecification held = HeldAgainstSpecification.allButRefusedRequests();
    private final LabServer server;

    public LabCase() throws IOException {
        this(LabSettings.of("secret"));
    }

    LabCase(LabSettings settings) throws IOException {
        lab = new LabCloud(machines, clock, settings);
        server = new LabServer(lab, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), held);
        cloud = DigitalOceanCloud.open(new CloudSettings(URI.create(server.url()), settings::token), clock);
        steps = new CloudSteps(cloud, node -> "#!/bin/sh\n# " + node.name(), heart, clock);
        post("/v2/account/keys", KEY_ORDER);
    }

    /** The account as another token sees it. */
    DigitalOceanCloud cloudOf(String token) {
        return DigitalOceanCloud.open(new CloudSettings(URI.create(server.url()), () -> token), clock);
    }

    static NodeRef node(String name, String run) {
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
        steps.destroyDroplet(machine);
        return template;
    }

    static dev.sluice.workflows.activity.CloudActivities.BaseOrder base(NodeRef machine) {
        return new dev.sluice.workflows.activity.CloudActivities.BaseOrder(
                machine, "fra1", "s-1vcpu-1gb", "debian-12-x64", Optional.empty(), List.of("sluice"));
    }

    /** A droplet that somebody else made by the API. */
    long foreign(String name, String tags) {
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

    List<Long> idsOf(String name) {
        return cloud.named(name).stream().map(Droplet::id).sorted().toList();
    }

    @Override
    public void close() {
        cloud.close();
        server.close();
        lab.close();
        assertThat(held.violations()).isEmpty();
    }
}
