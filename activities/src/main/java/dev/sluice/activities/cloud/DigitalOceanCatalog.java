package dev.sluice.activities.cloud;

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The account and its choices at DigitalOcean. Keys may be listed ten times a minute only, so answers are kept. */
final class DigitalOceanCatalog implements Catalog {
    private final Calls calls;
    private final Kept<List<Size>> sizes;
    private final Kept<Set<String>> regions;
    private final Kept<List<SshKey>> keys;
    private final Kept<List<Vpc>> vpcs;

    DigitalOceanCatalog(Calls calls, Clock clock) {
        this.calls = calls;
        this.sizes = new Kept<>(clock, Duration.ofMinutes(10), () -> all("sizes", DigitalOceanCatalog::size));
        this.regions = new Kept<>(
                clock, Duration.ofMinutes(10), () -> Set.copyOf(all("regions", json -> Reading.text(json, "slug"))));
        this.keys = new Kept<>(
                clock,
                Duration.ofMinutes(2),
                () -> calls.all(
                        "/v2/account/keys",
                        Map.of(),
                        "ssh_keys",
                        json -> new SshKey(Reading.text(json, "name"), Reading.text(json, "fingerprint"))));
        this.vpcs = new Kept<>(
                clock,
                Duration.ofMinutes(2),
                () -> all(
                        "vpcs",
                        json -> new Vpc(
                                Reading.text(json, "id"), Reading.text(json, "name"), Reading.text(json, "region"))));
    }

    @Override
    public List<Size> sizes() {
        return sizes.value();
    }

    @Override
    public Set<String> regions() {
        return regions.value();
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
        return all("domains", json -> Reading.text(json, "name"));
    }

    @Override
    public int dropletLimit() {
        // Past the client, which asks even the account for so many per page; the API knows no such question.
        return calls.one(
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
        return calls.all("/v2/" + name, Map.of(), name, reader);
    }

    private static Size size(JsonObject json) {
        return new Size(
                Reading.text(json, "slug"),
                (int) Reading.number(json, "disk"),
                json.has("price_hourly") ? json.get("price_hourly").getAsBigDecimal() : BigDecimal.ZERO,
                Set.copyOf(Reading.texts(json, "regions")));
    }

    /** An answer that is good for a while. */
    private static final class Kept<T> {
        private final Clock clock;
        private final Duration time;
        private final Supplier<T> question;
        private @Nullable T answer;
        private Instant until = Instant.MIN;

        Kept(Clock clock, Duration time, Supplier<T> question) {
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
