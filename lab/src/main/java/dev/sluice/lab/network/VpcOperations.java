package dev.sluice.lab.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.account.RegionCatalog;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.ResultPage;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.droplets.DropletStore;
import dev.sluice.lab.droplets.LabDroplet;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The VPCs. In the lab they are labels: all droplets share one private network. */
final class VpcOperations {
    record VpcRecord(
            String id,
            String name,
            String description,
            String region,
            String range,
            boolean isDefault,
            Instant created) {
        ObjectNode json() {
            return ApiJson.object()
                    .put("id", id)
                    .put("urn", "do:vpc:" + id)
                    .put("name", name)
                    .put("description", description)
                    .put("region", region)
                    .put("ip_range", range)
                    .put("default", isDefault)
                    .put("created_at", ApiJson.formatTime(created));
        }
    }

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9\\-.]{1,255}");
    private static final Pattern RANGE = Pattern.compile("(10|172|192)(\\.[0-9]{1,3}){3}/(1[6-9]|2[0-8])");

    private final Map<String, VpcRecord> networks = new LinkedHashMap<>();
    private final Clock clock;
    private final DropletStore fleet;

    VpcOperations(Clock clock, DropletStore fleet) {
        this.clock = clock;
        this.fleet = fleet;
        RegionCatalog.REGIONS.forEach(
                region -> add("default-" + region.slug(), "", region.slug(), "10.77.0.0/16", true));
    }

    List<ApiOperation> operations() {
        return List.of(
                ApiOperation.get("/v2/vpcs", "a default one per region", this::list),
                ApiOperation.post("/v2/vpcs", "a label only: all droplets share one private network", this::create),
                ApiOperation.get("/v2/vpcs/{vpc}", "", this::get),
                ApiOperation.put("/v2/vpcs/{vpc}", "name and description", this::update),
                ApiOperation.patch("/v2/vpcs/{vpc}", "name and description", this::update),
                ApiOperation.delete(
                        "/v2/vpcs/{vpc}", "refused for a VPC with members and for a default one", this::delete),
                ApiOperation.get("/v2/vpcs/{vpc}/members", "`resource_type`", this::members));
    }

    private ApiResponse list(RoutedRequest call) {
        return ResultPage.respond(call, "vpcs", networks.values().stream().toList(), VpcRecord::json);
    }

    private ApiResponse create(RoutedRequest call) {
        String name = name(call);
        String region = call.requireText("region", "Region can't be blank");
        if (RegionCatalog.region(region).isEmpty()) {
            throw ApiErrorException.unprocessable("Region is invalid");
        }
        String range = call.optionalText("ip_range").orElse("10.120." + networks.size() + ".0/24");
        if (!RANGE.matcher(range).matches()) {
            throw ApiErrorException.unprocessable("ip_range is invalid");
        }
        refuseIfTaken(name);
        return ApiResponse.of(
                201,
                "vpc",
                add(name, call.optionalText("description").orElse(""), region, range, false)
                        .json());
    }

    private ApiResponse get(RoutedRequest call) {
        return ApiResponse.ok("vpc", requireVpc(call).json());
    }

    private ApiResponse update(RoutedRequest call) {
        VpcRecord old = requireVpc(call);
        String name = call.body().has("name") ? name(call) : old.name();
        if (!name.equals(old.name())) {
            refuseIfTaken(name);
        }
        VpcRecord changed = new VpcRecord(
                old.id(),
                name,
                call.optionalText("description").orElse(old.description()),
                old.region(),
                old.range(),
                old.isDefault(),
                old.created());
        networks.put(changed.id(), changed);
        return ApiResponse.ok("vpc", changed.json());
    }

    private ApiResponse delete(RoutedRequest call) {
        VpcRecord network = requireVpc(call);
        if (network.isDefault()) {
            throw ApiErrorException.forbidden("Can not delete the default VPC of a region");
        }
        if (fleet.all().stream().anyMatch(droplet -> droplet.vpc().equals(network.id()))) {
            throw ApiErrorException.conflict("Can not delete VPC with members");
        }
        networks.remove(network.id());
        return ApiResponse.noContent();
    }

    private ApiResponse members(RoutedRequest call) {
        VpcRecord network = requireVpc(call);
        boolean wanted = call.queryParameter("resource_type").orElse("droplet").equals("droplet");
        List<LabDroplet> members = fleet.all().stream()
                .filter(droplet -> wanted && droplet.vpc().equals(network.id()))
                .toList();
        return ResultPage.respond(call, "members", members, VpcOperations::member);
    }

    /** Returns the id of the VPC for a droplet: the named one, else the region's default. */
    String resolveVpc(Optional<String> wanted, String region) {
        return networks.values().stream()
                .filter(network -> network.region().equals(region))
                .filter(network -> wanted.map(network.id()::equals).orElse(network.isDefault()))
                .findFirst()
                .orElseThrow(
                        () -> ApiErrorException.unprocessable("Failed to resolve VPC in region %s.".formatted(region)))
                .id();
    }

    private static ObjectNode member(LabDroplet droplet) {
        return ApiJson.object()
                .put("urn", "do:droplet:" + droplet.id())
                .put("name", droplet.name())
                .put("created_at", ApiJson.formatTime(droplet.created()));
    }

    private VpcRecord add(String name, String description, String region, String range, boolean isDefault) {
        VpcRecord network = new VpcRecord(
                UUID.randomUUID().toString(), name, description, region, range, isDefault, clock.instant());
        networks.put(network.id(), network);
        return network;
    }

    private VpcRecord requireVpc(RoutedRequest call) {
        return Optional.ofNullable(networks.get(call.pathVariable("vpc"))).orElseThrow(ApiErrorException::notFound);
    }

    private static String name(RoutedRequest call) {
        String name = call.requireText("name", "Name can't be blank");
        if (!NAME.matcher(name).matches()) {
            throw ApiErrorException.unprocessable("Name may only have letters, numbers, dashes and dots");
        }
        return name;
    }

    private void refuseIfTaken(String name) {
        if (networks.values().stream().anyMatch(network -> network.name().equals(name))) {
            throw ApiErrorException.unprocessable("This name has already been used for a VPC on your account");
        }
    }
}
