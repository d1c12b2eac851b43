package dev.sluice.activities.cloud.client;

import com.google.gson.JsonObject;
import dev.sluice.activities.cloud.api.AccountCatalog;
import dev.sluice.activities.cloud.api.JsonFields;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the catalog of the account. DigitalOcean allows ten lists of keys a minute, so answers are cached. */
final class DigitalOceanCatalog implements AccountCatalog {
    private final ApiClient calls;
    private final CachedAnswer<List<DropletSize>> sizes;
    private final CachedAnswer<Set<String>> regions;
    private final CachedAnswer<List<SshKey>> keys;
    private final CachedAnswer<List<Vpc>> vpcs;

    DigitalOceanCatalog(ApiClient calls, Clock clock) {
        this.calls = calls;
        this.sizes = new CachedAnswer<>(clock, Duration.ofMinutes(10), () -> all("sizes", DigitalOceanCatalog::size));
        this.regions = new CachedAnswer<>(
                clock, Duration.ofMinutes(10), () -> Set.copyOf(all("regions", json -> JsonFields.text(json, "slug"))));
        this.keys = new CachedAnswer<>(
                clock,
                Duration.ofMinutes(2),
                () -> calls.readAll(
                        "/v2/account/keys",
                        Map.of(),
                        "ssh_keys",
                        json -> new SshKey(JsonFields.text(json, "name"), JsonFields.text(json, "fingerprint"))));
        this.vpcs = new CachedAnswer<>(
                clock,
                Duration.ofMinutes(2),
                () -> all(
                        "vpcs",
                        json -> new Vpc(
                                JsonFields.text(json, "id"),
                                JsonFields.text(json, "name"),
                                JsonFields.text(json, "region"))));
    }

    @Override
    public List<DropletSize> sizes() {
        return sizes.value();
    }

    @Override
    public Set<String> regions() {
        return regions.value();
    }

    @Override
    public List<String> images() {
        return calls
                .readAll(
                        "/v2/images",
                        Map.of("type", "distribution"),
                        "images",
                        json -> json.get("slug").isJsonNull() ? "" : JsonFields.text(json, "slug"))
                .stream()
                .filter(slug -> !slug.isEmpty())
                .sorted()
                .toList();
    }

    @Override
    public List<SshKey> keys() {
        return keys.value();
    }

    @Override
    public List<Vpc> vpcs() {
        return vpcs.value();
    }

    @Override
    public List<String> domains() {
        return all("domains", json -> JsonFields.text(json, "name"));
    }

    @Override
    public List<ReservedAddress> reservedAddresses() {
        return all("reserved_ips", json -> json).stream()
                .filter(json -> json.get("droplet") instanceof JsonObject)
                .map(json -> new ReservedAddress(
                        JsonFields.text(json, "ip"), JsonFields.number(json.getAsJsonObject("droplet"), "id")))
                .toList();
    }

    @Override
    public int dropletLimit() {
        // Bypasses the client, which adds a page size that the API does not have for the account.
        return calls.readOne(
                "GET",
                "/v2/account",
                null,
                "account",
                json -> json.get("droplet_limit").getAsInt());
    }

    @Override
    public int droplets() {
        return calls.count("/v2/droplets");
    }

    private <T> List<T> all(String name, java.util.function.Function<JsonObject, T> reader) {
        return calls.readAll("/v2/" + name, Map.of(), name, reader);
    }

    private static DropletSize size(JsonObject json) {
        return new DropletSize(
                JsonFields.text(json, "slug"),
                (int) JsonFields.number(json, "disk"),
                json.has("price_hourly") ? json.get("price_hourly").getAsBigDecimal() : BigDecimal.ZERO,
                Set.copyOf(JsonFields.texts(json, "regions")));
    }

    /** An answer that is cached for a while. */
    private static final class CachedAnswer<T> {
        private final Clock clock;
        private final Duration time;
        private final Supplier<T> question;
        private @Nullable T answer;
        private Instant until = Instant.MIN;

        CachedAnswer(Clock clock, Duration time, Supplier<T> question) {
            this.clock = clock;
            this.time = time;
            this.question = question;
        }

        synchronized T value() {
            T kept = answer;
            if (kept != null && clock.instant().isBefore(until)) {
                return kept;
            }
            T fresh = question.get();
            answer = fresh;
            until = clock.instant().plus(time);
            return fresh;
        }
    }
}
