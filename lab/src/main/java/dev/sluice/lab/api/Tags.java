package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The tags there are; what carries one is found on the droplets and images themselves. */
final class Tags {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_:\\-]{1,255}");

    // The first spelling of a tag is its only one: another case means the same tag.
    private final TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Fleet fleet;
    private final Images images;
    private final List<Consumer<String>> deletions = new ArrayList<>();

    Tags(Fleet fleet, Images images) {
        this.fleet = fleet;
        this.images = images;
    }

    Answer list(Call call) {
        return Page.of(call, "tags", List.copyOf(names), tag -> json(tag, call.base()));
    }

    Answer create(Call call) {
        String name = call.required("name", "Tag name can't be blank");
        check(List.of(name));
        return Answer.of(201, "tag", json(add(name), call.base()));
    }

    Answer get(Call call) {
        return Answer.ok("tag", json(named(call), call.base()));
    }

    /** Deleting a tag takes it off all that carries it. */
    Answer delete(Call call) {
        String name = named(call);
        names.remove(name);
        carriers().forEach(tags -> tags.remove(name));
        deletions.forEach(deletion -> deletion.accept(name));
        return Answer.noContent();
    }

    Answer attach(Call call) {
        String name = named(call);
        resources(call).forEach(tags -> tags.add(name));
        return Answer.noContent();
    }

    Answer detach(Call call) {
        String name = named(call);
        resources(call).forEach(tags -> tags.remove(name));
        return Answer.noContent();
    }

    /** Hears of each tag that is deleted. */
    void onDelete(Consumer<String> deletion) {
        deletions.add(deletion);
    }

    List<String> names() {
        return List.copyOf(names);
    }

    /** Refuses what cannot be a tag. */
    static void check(Collection<String> tags) {
        for (String tag : tags) {
            if (!FORM.matcher(tag).matches())
                throw Refusal.unprocessable("Tag name " + tag
                        + " is invalid: letters, numbers, colons, dashes and underscores, at most 255 characters.");
        }
    }

    /** Naming a tag when a droplet is created makes the tag; the answer is how the tags are spelled. */
    List<String> add(Collection<String> tags) {
        return tags.stream().map(this::add).distinct().toList();
    }

    private String add(String tag) {
        names.add(tag);
        return spelled(tag);
    }

    private String spelled(String tag) {
        return Optional.ofNullable(names.floor(tag)).orElse(tag);
    }

    private String named(Call call) {
        String name = call.text("tag");
        if (!names.contains(name) || !spelled(name).equals(name)) throw Refusal.notFound();
        return name;
    }

    private List<Set<String>> carriers() {
        List<Set<String>> all = new ArrayList<>();
        fleet.all().forEach(droplet -> all.add(droplet.tags));
        images.snapshots().forEach(image -> all.add(image.tags));
        return all;
    }

    // All are found before the first is changed: a refusal has no effect.
    private List<Set<String>> resources(Call call) {
        JsonNode list = call.body().path("resources");
        if (!list.isArray() || list.isEmpty())
            throw Refusal.unprocessable("resources must be a list that names something.");
        List<Set<String>> found = new ArrayList<>();
        list.forEach(resource -> found.add(carrier(resource)));
        return found;
    }

    private Set<String> carrier(JsonNode resource) {
        long id = number(resource.path("resource_id").asText(""));
        return switch (resource.path("resource_type").asText("")) {
            case "droplet" -> fleet.find(id).orElseThrow(Refusal::notFound).tags;
            case "image" -> images.byId(id).filter(Image::isSnapshot).orElseThrow(Refusal::notFound).tags;
            case "volume", "volume_snapshot" -> throw Refusal.notFound();
            default -> throw Refusal.unprocessable("resource_type must be droplet or image.");
        };
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) throw Refusal.notFound();
        return Long.parseLong(text);
    }

    private ObjectNode json(String tag, String base) {
        var tagged = fleet.tagged(tag).stream()
                .map(droplet -> base + "/v2/droplets/" + droplet.id)
                .toList();
        var imaged = images.snapshots().stream()
                .filter(image -> image.tags.contains(tag))
                .map(image -> base + "/v2/images/" + image.id)
                .toList();
        var all = new ArrayList<>(imaged);
        all.addAll(tagged);
        var resources = count(all);
        resources.set("droplets", count(tagged));
        resources.set("images", count(imaged));
        for (String kind : List.of("volumes", "volume_snapshots", "databases")) resources.set(kind, count(List.of()));
        return Json.object().put("name", tag).<ObjectNode>set("resources", resources);
    }

    private static ObjectNode count(List<String> addresses) {
        var json = Json.object().put("count", addresses.size());
        if (!addresses.isEmpty()) json.put("last_tagged_uri", addresses.get(addresses.size() - 1));
        return json;
    }
}
