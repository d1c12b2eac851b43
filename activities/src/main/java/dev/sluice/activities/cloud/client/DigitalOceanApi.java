package dev.sluice.activities.cloud.client;

import com.google.gson.JsonObject;
import com.myjeeva.digitalocean.common.ResourceType;
import com.myjeeva.digitalocean.pojo.Resource;
import dev.sluice.activities.cloud.api.AccountCatalog;
import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.api.CloudDroplet;
import dev.sluice.activities.cloud.api.CloudFirewall;
import dev.sluice.activities.cloud.api.CloudImage;
import dev.sluice.activities.cloud.api.DomainApi;
import dev.sluice.activities.cloud.api.DropletAction;
import dev.sluice.activities.cloud.api.DropletRequest;
import dev.sluice.activities.cloud.api.JsonFields;
import dev.sluice.workflows.activity.AccountActivities.TokenScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Implements the port on DigitalOcean's API. Changes use client 2.17. These requests bypass it: those that it lacks
 * (look-up by name, filters by tag), those whose answers it cannot hold (IDs of actions, long IDs in firewalls), droplets,
 * whose times it reads as local ones, and the account, which it requests as a page.
 */
public final class DigitalOceanApi implements CloudApi, AutoCloseable {
    private final DigitalOceanHttpClient wire;
    private final RateLimiter budget;
    private final ApiClient calls;
    private final AccountCatalog catalog;

    private DigitalOceanApi(DigitalOceanHttpClient wire, RateLimiter budget, Clock clock) {
        this.wire = wire;
        this.budget = budget;
        this.calls = new ApiClient(wire, budget);
        this.catalog = new DigitalOceanCatalog(calls, clock);
    }

    /** Opens the API; use one per process, since all activities share its rate limiter. */
    public static DigitalOceanApi open(CloudSettings settings, Clock clock) {
        RateLimiter budget = new RateLimiter(clock);
        return new DigitalOceanApi(new DigitalOceanHttpClient(settings, budget, clock), budget, clock);
    }

    /** The account's domains. */
    public DomainApi zones() {
        return new DigitalOceanDomainApi(calls);
    }

    /** Finds the scopes of the token without a change. */
    public List<TokenScope> probeScopes(String domain) {
        return new TokenScopes(calls).probe(domain);
    }

    public AccountCatalog catalog() {
        return catalog;
    }

    @Override
    public long requests() {
        return budget.requests();
    }

    @Override
    public List<CloudDroplet> findByName(String name) {
        return calls.readAll("/v2/droplets", Map.of("name", name), "droplets", CloudDroplet::read).stream()
                .filter(droplet -> droplet.name().equals(name))
                .toList();
    }

    @Override
    public List<CloudDroplet> findByTag(String tag) {
        return calls.readAll("/v2/droplets", Map.of("tag_name", tag), "droplets", CloudDroplet::read);
    }

    @Override
    public Optional<CloudDroplet> droplet(long id) {
        return calls.find("/v2/droplets/" + id, "droplet", CloudDroplet::read);
    }

    @Override
    public long create(DropletRequest wanted, Duration limit) {
        return calls.within(
                limit,
                "POST /v2/droplets",
                client -> client.createDroplet(new DropletRequestBody(wanted)).getId());
    }

    @Override
    public void delete(long droplet) {
        ifThere(() -> calls.sendWithClient(
                "DELETE /v2/droplets/" + droplet, client -> client.deleteDroplet(Math.toIntExact(droplet))));
    }

    @Override
    public DropletAction startAction(long droplet, String type, Optional<String> name) {
        JsonObject order = new JsonObject();
        order.addProperty("type", type);
        name.ifPresent(value -> order.addProperty("name", value));
        String path = "/v2/droplets/" + droplet + "/actions";
        return calls.readOne("POST", path, order, "action", DropletAction::read);
    }

    @Override
    public List<DropletAction> actions(long droplet) {
        return calls.readAll("/v2/droplets/" + droplet + "/actions", Map.of(), "actions", DropletAction::read);
    }

    @Override
    public List<DropletAction> latestActions() {
        return calls.firstOf("/v2/actions", "actions", DropletAction::read);
    }

    @Override
    public Optional<DropletAction> event(long id) {
        return calls.find("/v2/actions/" + id, "action", DropletAction::read);
    }

    @Override
    public List<Long> snapshots(long droplet, String name) {
        return calls.readAll("/v2/droplets/" + droplet + "/snapshots", Map.of(), "snapshots", json -> json).stream()
                .filter(json -> JsonFields.text(json, "name").equals(name))
                .map(json -> json.get("id").getAsLong())
                .toList();
    }

    @Override
    public List<CloudImage> imagesTagged(String tag) {
        return calls.readAll("/v2/images", Map.of("tag_name", tag), "images", CloudImage::read);
    }

    @Override
    public Optional<CloudImage> image(long id) {
        return calls.find("/v2/images/" + id, "image", CloudImage::read);
    }

    @Override
    public void tag(String tag, ResourceKind kind, List<Long> ids) {
        try {
            attach(tag, kind, ids);
        } catch (CloudApiException failure) {
            if (failure.kind() != CloudApiException.FailureKind.ABSENT) {
                throw failure;
            }
            calls.sendWithClient("POST /v2/tags", client -> client.createTag(tag));
            attach(tag, kind, ids);
        }
    }

    private void attach(String tag, ResourceKind kind, List<Long> ids) {
        calls.sendWithClient(
                "POST /v2/tags/" + tag + "/resources", client -> client.tagResources(tag, resources(kind, ids)));
    }

    @Override
    public void untag(String tag, ResourceKind kind, List<Long> ids) {
        ifThere(() -> calls.sendWithClient(
                "DELETE /v2/tags/" + tag + "/resources", client -> client.untagResources(tag, resources(kind, ids))));
    }

    @Override
    public List<TagCount> tags() {
        return calls.readAll("/v2/tags", Map.of(), "tags", DigitalOceanApi::count);
    }

    @Override
    public Optional<TagCount> tagCount(String tag) {
        return calls.find("/v2/tags/" + tag, "tag", DigitalOceanApi::count);
    }

    @Override
    public List<CloudFirewall> firewalls() {
        return calls.readAll("/v2/firewalls", Map.of(), "firewalls", CloudFirewall::read);
    }

    @Override
    public void deleteTag(String tag) {
        ifThere(() -> calls.sendWithClient("DELETE /v2/tags/" + tag, client -> client.deleteTag(tag)));
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
        long carriers =
                json.get("resources") instanceof JsonObject resources ? JsonFields.number(resources, "count") : 0;
        return new TagCount(JsonFields.text(json, "name"), carriers);
    }

    private static List<Resource> resources(ResourceKind kind, List<Long> ids) {
        ResourceType type = switch (kind) {
            case DROPLET -> ResourceType.DROPLET;
            case IMAGE -> ResourceType.IMAGE;
        };
        return ids.stream().map(id -> new Resource(Long.toString(id), type)).toList();
    }

    private static void ifThere(Runnable change) {
        try {
            change.run();
        } catch (CloudApiException failure) {
            if (failure.kind() != CloudApiException.FailureKind.ABSENT) {
                throw failure;
            }
        }
    }
}
