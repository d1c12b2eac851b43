package dev.sluice.activities.cloud;

import com.google.gson.JsonObject;
import com.myjeeva.digitalocean.common.ResourceType;
import com.myjeeva.digitalocean.pojo.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * DigitalOcean behind our own types. Changes go through client 2.17. It is passed by where it has no request (look-up by
 * name, filters by tag), where it cannot hold the answer (ids of actions, long ids in firewalls), to read droplets, since
 * it reads times as if they were local ones, and to read the account, which it asks for a page.
 */
public final class DigitalOceanCloud implements Cloud, AutoCloseable {
    private final Wire wire;
    private final Budget budget;
    private final Calls calls;
    private final Catalog catalog;

    private DigitalOceanCloud(Wire wire, Budget budget, Clock clock) {
        this.wire = wire;
        this.budget = budget;
        this.calls = new Calls(wire, budget);
        this.catalog = new DigitalOceanCatalog(calls, clock);
    }

    /** One per process: its budget of requests is shared by all steps. */
    public static DigitalOceanCloud open(CloudSettings settings, Clock clock) {
        Budget budget = new Budget(clock);
        return new DigitalOceanCloud(new Wire(settings, budget, clock), budget, clock);
    }

    /** The account's domains. */
    public Zones zones() {
        return new DigitalOceanZones(calls);
    }

    Scopes scopes() {
        return new Scopes(calls);
    }

    Catalog catalog() {
        return catalog;
    }

    @Override
    public long requests() {
        return budget.requests();
    }

    @Override
    public List<Droplet> named(String name) {
        return calls.all("/v2/droplets", Map.of("name", name), "droplets", Droplet::read).stream()
                .filter(droplet -> droplet.name().equals(name))
                .toList();
    }

    @Override
    public List<Droplet> tagged(String tag) {
        return calls.all("/v2/droplets", Map.of("tag_name", tag), "droplets", Droplet::read);
    }

    @Override
    public Optional<Droplet> droplet(long id) {
        return calls.find("/v2/droplets/" + id, "droplet", Droplet::read);
    }

    @Override
    public long create(Wanted wanted, Duration limit) {
        return calls.within(
                limit,
                "POST /v2/droplets",
                client -> client.createDroplet(new CreateOrder(wanted)).getId());
    }

    @Override
    public void delete(long droplet) {
        ifThere(() -> calls.client(
                "DELETE /v2/droplets/" + droplet, client -> client.deleteDroplet(Math.toIntExact(droplet))));
    }

    @Override
    public Event begin(long droplet, String type, Optional<String> name) {
        JsonObject order = new JsonObject();
        order.addProperty("type", type);
        name.ifPresent(value -> order.addProperty("name", value));
        String path = "/v2/droplets/" + droplet + "/actions";
        return calls.one("POST", path, order, "action", Event::read);
    }

    @Override
    public List<Event> events(long droplet) {
        return calls.all("/v2/droplets/" + droplet + "/actions", Map.of(), "actions", Event::read);
    }

    @Override
    public List<Event> latestEvents() {
        return calls.firstOf("/v2/actions", "actions", Event::read);
    }

    @Override
    public Optional<Event> event(long id) {
        return calls.find("/v2/actions/" + id, "action", Event::read);
    }

    @Override
    public List<Long> snapshots(long droplet, String name) {
        return calls.all("/v2/droplets/" + droplet + "/snapshots", Map.of(), "snapshots", json -> json).stream()
                .filter(json -> Reading.text(json, "name").equals(name))
                .map(json -> json.get("id").getAsLong())
                .toList();
    }

    @Override
    public List<Image> imagesTagged(String tag) {
        return calls.all("/v2/images", Map.of("tag_name", tag), "images", Image::read);
    }

    @Override
    public Optional<Image> image(long id) {
        return calls.find("/v2/images/" + id, "image", Image::read);
    }

    @Override
    public void tag(String tag, Kind kind, List<Long> ids) {
        try {
            attach(tag, kind, ids);
        } catch (CloudFailure failure) {
            if (failure.kind() != CloudFailure.Kind.ABSENT) {
                throw failure;
            }
            calls.client("POST /v2/tags", client -> client.createTag(tag));
            attach(tag, kind, ids);
        }
    }

    private void attach(String tag, Kind kind, List<Long> ids) {
        calls.client("POST /v2/tags/" + tag + "/resources", client -> client.tagResources(tag, resources(kind, ids)));
    }

    @Override
    public void untag(String tag, Kind kind, List<Long> ids) {
        ifThere(() -> calls.client(
                "DELETE /v2/tags/" + tag + "/resources", client -> client.untagResources(tag, resources(kind, ids))));
    }

    @Override
    public List<TagCount> tags() {
        return calls.all("/v2/tags", Map.of(), "tags", DigitalOceanCloud::count);
    }

    @Override
    public Optional<TagCount> tagCount(String tag) {
        return calls.find("/v2/tags/" + tag, "tag", DigitalOceanCloud::count);
    }

    @Override
    public List<Firewall> firewalls() {
        return calls.all("/v2/firewalls", Map.of(), "firewalls", Firewall::read);
    }

    @Override
    public void deleteTag(String tag) {
        ifThere(() -> calls.client("DELETE /v2/tags/" + tag, client -> client.deleteTag(tag)));
    }

    @Override
    public void close() {
        try {
            wire.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static TagCount count(JsonObject json) {
        long carriers = json.get("resources") instanceof JsonObject resources ? Reading.number(resources, "count") : 0;
        return new TagCount(Reading.text(json, "name"), carriers);
    }

    private static List<Resource> resources(Kind kind, List<Long> ids) {
        ResourceType type = switch (kind) {
            case DROPLET -> ResourceType.DROPLET;
            case IMAGE -> ResourceType.IMAGE;
        };
        return ids.stream().map(id -> new Resource(Long.toString(id), type)).toList();
    }

    private static void ifThere(Runnable change) {
        try {
            change.run();
        } catch (CloudFailure failure) {
            if (failure.kind() != CloudFailure.Kind.ABSENT) {
                throw failure;
            }
        }
    }
}
