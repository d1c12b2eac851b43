package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.lab.machine.Machines;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The images, and the snapshots among them. */
final class Images {
    private final Map<Long, Image> images = new LinkedHashMap<>();
    private final Machines machines;
    private final Works works;
    private final Actions actions;
    private final Clock clock;
    private final Duration least;
    private long nextId = 200_000_001;

    Images(Machines machines, Works works, Actions actions, Clock clock, Duration least) {
        this.actions = actions;
        this.least = least;
        this.machines = machines;
        this.works = works;
        this.clock = clock;
        long id = 190_000_001;
        for (String key : machines.images()) {
            images.put(id, base(id, key));
            id++;
        }
    }

    Answer list(Call call) {
        return Page.of(
                call,
                "images",
                images.values().stream().filter(image -> matches(image, call)).toList(),
                Image::json);
    }

    Answer get(Call call) {
        return Answer.ok(
                "image", find(call.text("image")).orElseThrow(Refusal::notFound).json());
    }

    Answer rename(Call call) {
        Image image = own(call.id("image"));
        String name = call.required("name", "Name can't be blank");
        image.description = call.optional("description").orElse(image.description);
        image.name = name;
        return Answer.ok("image", image.json());
    }

    /** A snapshot is copied into another region, where droplets can be made from it once that is done. */
    Answer begin(Call call) {
        Image image = own(call.id("image"));
        String type = call.required("type", "Type can't be blank");
        if (!type.equals("transfer"))
            throw Refusal.unprocessable("The lab has no image action " + type + "; it has transfer.");
        var region = Catalog.region(call.required("region", "Region can't be blank"))
                .orElseThrow(() -> Refusal.unprocessable("Region is invalid"));
        if (image.regions.contains(region.slug()))
            throw Refusal.unprocessable("The image is already in region " + region.slug() + ".");
        var action = actions.begin("transfer", image.id, "image", region);
        works.later(least, ignored -> {
            image.regions.add(region.slug());
            actions.end(action, true);
        });
        return Answer.of(201, "action", action.json());
    }

    Answer actions(Call call) {
        return actions.listOf(call, "image", byId(call.id("image")).orElseThrow(Refusal::notFound).id);
    }

    Answer action(Call call) {
        return actions.getOf(call, "image", byId(call.id("image")).orElseThrow(Refusal::notFound).id);
    }

    Answer delete(Call call) {
        remove(own(call.id("image")));
        return Answer.noContent();
    }

    Answer listSnapshots(Call call) {
        String kind = call.asked("resource_type").orElse("droplet");
        if (!kind.equals("droplet") && !kind.equals("volume"))
            throw Refusal.unprocessable("resource_type must be droplet or volume.");
        return Page.of(call, "snapshots", kind.equals("droplet") ? snapshots() : List.of(), Image::snapshot);
    }

    Answer getSnapshot(Call call) {
        return Answer.ok("snapshot", snapshot(call).snapshot());
    }

    Answer deleteSnapshot(Call call) {
        remove(snapshot(call));
        return Answer.noContent();
    }

    List<Image> snapshots() {
        return images.values().stream().filter(Image::isSnapshot).toList();
    }

    Optional<Image> byId(long id) {
        return Optional.ofNullable(images.get(id));
    }

    /** The image that a droplet's creation names by id, or by the slug of a distribution. */
    Optional<Image> named(JsonNode node) {
        if (node.isIntegralNumber() || node.isTextual()) return find(node.asText());
        return Optional.empty();
    }

    /** An image to be: it is not listed before {@link #add}. */
    Image prepare(String name, long droplet, String region, Image parent, int disk) {
        long id = nextId++;
        String key = "snapshot-" + id;
        return new Image(
                id, key, name, droplet, List.of(region), Math.max(disk, parent.minimumDisk), 2.36, clock.instant());
    }

    void add(Image image) {
        images.put(image.id, image);
    }

    /** The snapshots of a droplet. */
    List<Image> of(Droplet droplet) {
        return snapshots().stream().filter(image -> image.droplet == droplet.id).toList();
    }

    /** Takes it off the list at once, and away once no droplet is being made from it any more. */
    void remove(Image image) {
        images.remove(image.id);
        Callable<?> work = () -> {
            machines.deleteImage(image.key);
            return true;
        };
        works.after(image.users, work, failure -> LabLog.failure("delete image " + image.key, failure));
    }

    private Image snapshot(Call call) {
        return byId(call.id("snapshot")).filter(Image::isSnapshot).orElseThrow(Refusal::notFound);
    }

    private Image own(long id) {
        Image image = byId(id).orElseThrow(Refusal::notFound);
        if (!image.isSnapshot()) throw Refusal.forbidden("You are not authorized to perform this operation");
        return image;
    }

    private Optional<Image> find(String idOrSlug) {
        return images.values().stream()
                .filter(image ->
                        Long.toString(image.id).equals(idOrSlug) || (!image.isSnapshot() && image.key.equals(idOrSlug)))
                .findFirst();
    }

    private static boolean matches(Image image, Call call) {
        if (call.asked("private").orElse("false").equals("true") && !image.isSnapshot()) return false;
        if (call.asked("tag_name").filter(tag -> !image.tags.contains(tag)).isPresent()) return false;
        return switch (call.asked("type").orElse("")) {
            case "" -> true;
            case "distribution" -> !image.isSnapshot();
            case "application" -> false;
            default -> throw Refusal.unprocessable("type must be distribution or application.");
        };
    }

    private Image base(long id, String key) {
        var everywhere = Catalog.REGIONS.stream().map(Catalog.Region::slug).toList();
        return new Image(id, key, key, 0, everywhere, 10, 0.41, clock.instant());
    }
}
