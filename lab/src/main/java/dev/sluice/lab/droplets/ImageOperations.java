package dev.sluice.lab.droplets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.lab.account.ActionLog;
import dev.sluice.lab.account.DeferredWork;
import dev.sluice.lab.account.RegionCatalog;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.LabLog;
import dev.sluice.lab.api.ResultPage;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.machine.MachineBackend;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The images, and the snapshots among them. */
public final class ImageOperations {
    private final Map<Long, LabImage> images = new LinkedHashMap<>();
    private final MachineBackend machines;
    private final DeferredWork works;
    private final ActionLog actions;
    private final Clock clock;
    private final Duration least;
    private long nextId = 200_000_001;

    public ImageOperations(
            MachineBackend machines, DeferredWork works, ActionLog actions, Clock clock, Duration least) {
        this.actions = actions;
        this.least = least;
        this.machines = machines;
        this.works = works;
        this.clock = clock;
        long id = 190_000_001;
        for (String key : machines.baseImages()) {
            images.put(id, base(id, key));
            id++;
        }
    }

    public ApiResponse list(RoutedRequest call) {
        return ResultPage.respond(
                call,
                "images",
                images.values().stream().filter(image -> matches(image, call)).toList(),
                LabImage::json);
    }

    public ApiResponse get(RoutedRequest call) {
        return ApiResponse.ok(
                "image",
                find(call.pathVariable("image"))
                        .orElseThrow(ApiErrorException::notFound)
                        .json());
    }

    public ApiResponse rename(RoutedRequest call) {
        LabImage image = requireSnapshot(call.pathId("image"));
        String name = call.requireText("name", "Name can't be blank");
        image.description = call.optionalText("description").orElse(image.description);
        image.name = name;
        return ApiResponse.ok("image", image.json());
    }

    /** A snapshot is copied into another region, where droplets can be made from it once that is done. */
    public ApiResponse begin(RoutedRequest call) {
        LabImage image = requireSnapshot(call.pathId("image"));
        String type = call.requireText("type", "Type can't be blank");
        if (!type.equals("transfer"))
            throw ApiErrorException.unprocessable("The lab has no image action " + type + "; it has transfer.");
        var region = RegionCatalog.region(call.requireText("region", "Region can't be blank"))
                .orElseThrow(() -> ApiErrorException.unprocessable("Region is invalid"));
        if (image.regions.contains(region.slug()))
            throw ApiErrorException.unprocessable("The image is already in region " + region.slug() + ".");
        var action = actions.begin("transfer", image.id, "image", region);
        works.schedule(least, ignored -> {
            image.regions.add(region.slug());
            actions.end(action, true);
        });
        return ApiResponse.of(201, "action", action.json());
    }

    public ApiResponse actions(RoutedRequest call) {
        return actions.listForResource(
                call, "image", byId(call.pathId("image")).orElseThrow(ApiErrorException::notFound).id);
    }

    public ApiResponse action(RoutedRequest call) {
        return actions.getForResource(
                call, "image", byId(call.pathId("image")).orElseThrow(ApiErrorException::notFound).id);
    }

    public ApiResponse delete(RoutedRequest call) {
        remove(requireSnapshot(call.pathId("image")));
        return ApiResponse.noContent();
    }

    public ApiResponse listSnapshots(RoutedRequest call) {
        String kind = call.queryParameter("resource_type").orElse("droplet");
        if (!kind.equals("droplet") && !kind.equals("volume"))
            throw ApiErrorException.unprocessable("resource_type must be droplet or volume.");
        return ResultPage.respond(
                call, "snapshots", kind.equals("droplet") ? snapshots() : List.of(), LabImage::snapshot);
    }

    public ApiResponse getSnapshot(RoutedRequest call) {
        return ApiResponse.ok("snapshot", snapshot(call).snapshot());
    }

    public ApiResponse deleteSnapshot(RoutedRequest call) {
        remove(snapshot(call));
        return ApiResponse.noContent();
    }

    public List<LabImage> snapshots() {
        return images.values().stream().filter(LabImage::isSnapshot).toList();
    }

    Optional<LabImage> byId(long id) {
        return Optional.ofNullable(images.get(id));
    }

    /** The image that a droplet's creation names by id, or by the slug of a distribution. */
    public Optional<LabImage> findReferenced(JsonNode node) {
        if (node.isIntegralNumber() || node.isTextual()) return find(node.asText());
        return Optional.empty();
    }

    /** An image to be: it is not listed before {@link #add}. */
    public LabImage prepare(String name, long droplet, String region, LabImage parent, int disk) {
        long id = nextId++;
        String key = "snapshot-" + id;
        return new LabImage(
                id, key, name, droplet, List.of(region), Math.max(disk, parent.minimumDisk), 2.36, clock.instant());
    }

    public void add(LabImage image) {
        images.put(image.id, image);
    }

    /** The snapshots of a droplet. */
    public List<LabImage> snapshotsOf(LabDroplet droplet) {
        return snapshots().stream().filter(image -> image.droplet == droplet.id).toList();
    }

    /** Takes it off the list at once, and away once no droplet is being made from it any more. */
    public void remove(LabImage image) {
        images.remove(image.id);
        Callable<?> work = () -> {
            machines.deleteImage(image.key);
            return true;
        };
        works.submitAfter(image.users, work, failure -> LabLog.failure("delete image " + image.key, failure));
    }

    private LabImage snapshot(RoutedRequest call) {
        return byId(call.pathId("snapshot")).filter(LabImage::isSnapshot).orElseThrow(ApiErrorException::notFound);
    }

    private LabImage requireSnapshot(long id) {
        LabImage image = byId(id).orElseThrow(ApiErrorException::notFound);
        if (!image.isSnapshot()) throw ApiErrorException.forbidden("You are not authorized to perform this operation");
        return image;
    }

    private Optional<LabImage> find(String idOrSlug) {
        return images.values().stream()
                .filter(image ->
                        Long.toString(image.id).equals(idOrSlug) || (!image.isSnapshot() && image.key.equals(idOrSlug)))
                .findFirst();
    }

    private static boolean matches(LabImage image, RoutedRequest call) {
        if (call.queryParameter("private").orElse("false").equals("true") && !image.isSnapshot()) return false;
        if (call.queryParameter("tag_name")
                .filter(tag -> !image.tags.contains(tag))
                .isPresent()) return false;
        return switch (call.queryParameter("type").orElse("")) {
            case "" -> true;
            case "distribution" -> !image.isSnapshot();
            case "application" -> false;
            default -> throw ApiErrorException.unprocessable("type must be distribution or application.");
        };
    }

    private LabImage base(long id, String key) {
        var everywhere =
                RegionCatalog.REGIONS.stream().map(RegionCatalog.Region::slug).toList();
        return new LabImage(id, key, key, 0, everywhere, 10, 0.41, clock.instant());
    }
}
