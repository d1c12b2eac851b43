package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The VPCs. In the lab they are labels: all droplets share one private network, whatever the VPC. */
final class Networks {
    record Network(
            String id,
            String name,
            String description,
            String region,
            String range,
            boolean isDefault,
            Instant created) {
        ObjectNode json() {
            return Json.object()
                    .put("id", id)
                    .put("urn", "do:vpc:" + id)
                    .put("name", name)
                    .put("description", description)
                    .put("region", region)
                    .put("ip_range", range)
                    .put("default", isDefault)
                    .put("created_at", Json.time(created));
        }
    }

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9\\-.]{1,255}");
    private static final Pattern RANGE = Pattern.compile("(10|172|192)(\\.[0-9]{1,3}){3}/(1[6-9]|2[0-8])");

    private final Map<String, Network> networks = new LinkedHashMap<>();
    private final Clock clock;
    private final Fleet fleet;

    Networks(Clock clock, Fleet fleet) {
        this.clock = clock;
        this.fleet = fleet;
        Catalog.REGIONS.forEach(region -> add("default-" + region.slug(), "", region.slug(), "10.77.0.0/16", true));
    }

    Answer list(Call call) {
        return Page.of(call, "vpcs", networks.values().stream().toList(), Network::json);
    }

    Answer create(Call call) {
        String name = name(call);
        String region = call.required("region", "Region can't be blank");
        if (Catalog.region(region).isEmpty()) throw Refusal.unprocessable("Region is invalid");
        String range = call.optional("ip_range").orElse("10.120." + networks.size() + ".0/24");
        if (!RANGE.matcher(range).matches()) throw Refusal.unprocessable("ip_range is invalid");
        refuseIfTaken(name);
        return Answer.of(
                201,
                "vpc",
                add(name, call.optional("description").orElse(""), region, range, false)
                        .json());
    }

    Answer get(Call call) {
        return Answer.ok("vpc", of(call).json());
    }

    Answer update(Call call) {
        Network old = of(call);
        String name = call.body().has("name") ? name(call) : old.name();
        if (!name.equals(old.name())) refuseIfTaken(name);
        var changed = new Network(
                old.id(),
                name,
                call.optional("description").orElse(old.description()),
                old.region(),
                old.range(),
                old.isDefault(),
                old.created());
        networks.put(changed.id(), changed);
        return Answer.ok("vpc", changed.json());
    }

    Answer delete(Call call) {
        Network network = of(call);
        if (network.isDefault()) throw Refusal.forbidden("Can not delete the default VPC of a region");
        if (fleet.all().stream().anyMatch(droplet -> droplet.network.equals(network.id())))
            throw Refusal.conflict("Can not delete VPC with members");
        networks.remove(network.id());
        return Answer.noContent();
    }

    Answer members(Call call) {
        Network network = of(call);
        boolean wanted = call.asked("resource_type").orElse("droplet").equals("droplet");
        var members = fleet.all().stream()
                .filter(droplet -> wanted && droplet.network.equals(network.id()))
                .toList();
        return Page.of(call, "members", members, Networks::member);
    }

    /** The VPC that a droplet of a region goes into: the one named, else the region's own. */
    String place(Optional<String> wanted, String region) {
        return networks.values().stream()
                .filter(network -> network.region().equals(region))
                .filter(network -> wanted.map(network.id()::equals).orElse(network.isDefault()))
                .findFirst()
                .orElseThrow(() -> Refusal.unprocessable("Failed to resolve VPC in region " + region + "."))
                .id();
    }

    private static ObjectNode member(Droplet droplet) {
        return Json.object()
                .put("urn", "do:droplet:" + droplet.id)
                .put("name", droplet.name)
                .put("created_at", Json.time(droplet.created));
    }

    private Network add(String name, String description, String region, String range, boolean isDefault) {
        var network =
                new Network(UUID.randomUUID().toString(), name, description, region, range, isDefault, clock.instant());
        networks.put(network.id(), network);
        return network;
    }

    private Network of(Call call) {
        return Optional.ofNullable(networks.get(call.text("vpc"))).orElseThrow(Refusal::notFound);
    }

    private static String name(Call call) {
        String name = call.required("name", "Name can't be blank");
        if (!NAME.matcher(name).matches())
            throw Refusal.unprocessable("Name may only have letters, numbers, dashes and dots");
        return name;
    }

    private void refuseIfTaken(String name) {
        if (networks.values().stream().anyMatch(network -> network.name().equals(name)))
            throw Refusal.unprocessable("This name has already been used for a VPC on your account");
    }
}
