package dev.sluice.lab.images;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.lab.account.ActionLog;
import dev.sluice.lab.account.LabRuntime;
import dev.sluice.lab.account.RegionCatalog;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.LabLog;
import dev.sluice.lab.api.ResultPage;
import dev.sluice.lab.api.RoutedRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The images, and the snapshots among them. */
public final class ImageOperations {
    private final Map<Long, LabImage> images = new LinkedHashMap<>();
    private final LabRuntime runtime;
    private long nextId = 200_000_001;

    public ImageOperations(LabRuntime runtime) {
        this.runtime = runtime;
        long id = 190_000_001;
        for (String key : runtime.machines().baseImages()) {
            images.put(id, base(id, key));
            id++;
        }
    }

    public List<ApiOperation> operations() {
        return List.of(
                ApiOperation.get("/v2/images", "`type`, `private`, `tag_name`", this::list),
                ApiOperation.get("/v2/images/{image}", "by id, or by a distribution's slug", this::get),
                ApiOperation.get("/v2/images/{image}/actions", "newest first", this::actions),
                ApiOperation.post("/v2/images/{image}/actions", "transfer", this::begin),
                ApiOperation.get("/v2/images/{image}/actions/{action}", "", this::action),
                ApiOperation.put("/v2/images/{image}", "renames a snapshot", this::rename),
                ApiOperation.delete("/v2/images/{image}", "snapshots only", this::delete),
                ApiOperation.get("/v2/snapshots", "`resource_type`; ids are texts here", this::listSnapshots),
                ApiOperation.get("/v2/snapshots/{snapshot}", "", this::getSnapshot),
                ApiOperation.delete("/v2/snapshots/{snapshot}", "", this::deleteSnapshot));
    }

    private ApiResponse list(RoutedRequest call) {
        return ResultPage.respond(
                call,
                "images",
                images.values().stream().filter(image -> matches(image, call)).toList(),
                LabImage::json);
    }

    private ApiResponse get(RoutedRequest call) {
        return ApiResponse.ok(
                "image",
                find(call.pathVariable("image"))
                        .orElseThrow(ApiErrorException::notFound)
                        .json());
    }

    private ApiResponse rename(RoutedRequest call) {
        LabImage image = requireSnapshot(call.pathId("image"));
        String name = call.requireText("name", "Name can't be blank");
        image.rename(name, call.optionalText("description").orElse(image.description()));
        return ApiResponse.ok("image", image.json());
    }

    /** Copies a snapshot into another region, where droplets can boot from it afterwards. */
    private ApiResponse begin(RoutedRequest call) {
        LabImage image = requireSnapshot(call.pathId("image"));
        String type = call.requireText("type", "Type can't be blank");
        if (!type.equals("transfer")) {
            throw ApiErrorException.unprocessable("The lab has no image action %s; it has transfer.".formatted(type));
        }
        RegionCatalog.Region region = RegionCatalog.region(call.requireText("region", "Region can't be blank"))
                .orElseThrow(() -> ApiErrorException.unprocessable("Region is invalid"));
        if (image.isIn(region)) {
            throw ApiErrorException.unprocessable("The image is already in region %s.".formatted(region.slug()));
        }
        ActionLog.LabAction action = runtime.actions().begin("transfer", image.id(), "image", region);
        runtime.works().schedule(runtime.actionTime(), ignored -> {
            image.addRegion(region);
            runtime.actions().end(action, null);
        });
        return ApiResponse.of(201, "action", action.json());
    }

    private ApiResponse actions(RoutedRequest call) {
        return runtime.actions()
                .listForResource(call, "image", requireImage(call).id());
    }

    private ApiResponse action(RoutedRequest call) {
        return runtime.actions()
                .getForResource(call, "image", requireImage(call).id());
    }

    private ApiResponse delete(RoutedRequest call) {
        remove(requireSnapshot(call.pathId("image")));
        return ApiResponse.noContent();
    }

    private ApiResponse listSnapshots(RoutedRequest call) {
        String kind = call.queryParameter("resource_type").orElse("droplet");
        if (!kind.equals("droplet") && !kind.equals("volume")) {
            throw ApiErrorException.unprocessable("resource_type must be droplet or volume.");
        }
        return ResultPage.respond(
                call, "snapshots", kind.equals("droplet") ? snapshots() : List.of(), LabImage::snapshot);
    }

    private ApiResponse getSnapshot(RoutedRequest call) {
        return ApiResponse.ok("snapshot", snapshot(call).snapshot());
    }

    private ApiResponse deleteSnapshot(RoutedRequest call) {
        remove(snapshot(call));
        return ApiResponse.noContent();
    }

    private LabImage requireImage(RoutedRequest call) {
        return byId(call.pathId("image")).orElseThrow(ApiErrorException::notFound);
    }

    public List<LabImage> snapshots() {
        return images.values().stream().filter(LabImage::isSnapshot).toList();
    }

    private Optional<LabImage> byId(long id) {
        return Optional.ofNullable(images.get(id));
    }

    /** Finds the image that a request names by id, or by the slug of a distribution. */
    public Optional<LabImage> findReferenced(JsonNode node) {
        if (node.isIntegralNumber() || node.isTextual()) {
            return find(node.asText());
        }
        return Optional.empty();
    }

    /** Returns a new image, which is not listed before {@link #add}. */
    public LabImage prepare(String name, long droplet, String region, LabImage parent, int disk) {
        long id = nextId++;
        String key = "snapshot-" + id;
        return new LabImage(
                id, key, name, droplet, List.of(region), Math.max(disk, parent.minimumDisk()), 2.36, runtime.now());
    }

    public void add(LabImage image) {
        images.put(image.id(), image);
    }

    /** The snapshots of a droplet. */
    public List<LabImage> snapshotsOf(long droplet) {
        return images.values().stream()
                .filter(image -> image.isSnapshotOf(droplet))
                .toList();
    }

    /** Removes an image from the list at once, and from the machines once no droplet is being created from it. */
    public void remove(LabImage image) {
        images.remove(image.id());
        Callable<?> work = () -> {
            runtime.machines().deleteImage(image.key());
            return true;
        };
        runtime.works()
                .submitAfter(image.users(), work, failure -> LabLog.failure("delete image " + image.key(), failure));
    }

    private LabImage snapshot(RoutedRequest call) {
        return byId(call.pathId("snapshot")).filter(LabImage::isSnapshot).orElseThrow(ApiErrorException::notFound);
    }

    private LabImage requireSnapshot(long id) {
        LabImage image = byId(id).orElseThrow(ApiErrorException::notFound);
        if (!image.isSnapshot()) {
            throw ApiErrorException.forbidden("You are not authorized to perform this operation");
        }
        return image;
    }

    private Optional<LabImage> find(String idOrSlug) {
        return images.values().stream()
                .filter(image -> Long.toString(image.id()).equals(idOrSlug)
                        || (!image.isSnapshot() && image.key().equals(idOrSlug)))
                .findFirst();
    }

    private static boolean matches(LabImage image, RoutedRequest call) {
        if (call.queryParameter("private").orElse("false").equals("true") && !image.isSnapshot()) {
            return false;
        }
        if (call.queryParameter("tag_name")
                .filter(tag -> !image.tags().contains(tag))
                .isPresent()) {
            return false;
        }
        return switch (call.queryParameter("type").orElse("")) {
            case "" -> true;
            case "distribution" -> !image.isSnapshot();
            case "application" -> false;
            default -> throw ApiErrorException.unprocessable("type must be distribution or application.");
        };
    }

    private LabImage base(long id, String key) {
        List<String> everywhere =
                RegionCatalog.REGIONS.stream().map(RegionCatalog.Region::slug).toList();
        return new LabImage(id, key, key, 0, everywhere, 10, 0.41, runtime.now());
    }
}
