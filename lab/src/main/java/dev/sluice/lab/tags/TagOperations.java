package dev.sluice.lab.tags;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.ResultPage;
import dev.sluice.lab.api.RoutedRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The account's tags. Droplets and images hold the tags that they carry. */
public final class TagOperations {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_:\\-]{1,255}");

    // A tag keeps its first spelling: another case means the same tag.
    private final TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Supplier<Collection<? extends TagCarrier>> droplets;
    private final Supplier<Collection<? extends TagCarrier>> snapshots;
    private final List<Consumer<String>> deletions = new ArrayList<>();

    public TagOperations(
            Supplier<Collection<? extends TagCarrier>> droplets, Supplier<Collection<? extends TagCarrier>> snapshots) {
        this.droplets = droplets;
        this.snapshots = snapshots;
    }

    public List<ApiOperation> operations() {
        return List.of(
                ApiOperation.get("/v2/tags", "with counts", this::list),
                ApiOperation.post("/v2/tags", "idempotent", this::create),
                ApiOperation.get("/v2/tags/{tag}", "", this::get),
                ApiOperation.delete("/v2/tags/{tag}", "removes it from all resources", this::delete),
                ApiOperation.post("/v2/tags/{tag}/resources", "droplets and images", this::attach),
                ApiOperation.delete("/v2/tags/{tag}/resources", "with a body, as at DigitalOcean", this::detach));
    }

    private ApiResponse list(RoutedRequest call) {
        return ResultPage.respond(call, "tags", List.copyOf(names), tag -> json(tag, call.base()));
    }

    private ApiResponse create(RoutedRequest call) {
        String name = call.requireText("name", "Tag name can't be blank");
        requireValid(List.of(name));
        return ApiResponse.of(201, "tag", json(add(name), call.base()));
    }

    private ApiResponse get(RoutedRequest call) {
        return ApiResponse.ok("tag", json(requireTag(call), call.base()));
    }

    /** Deletes a tag and removes it from all resources. */
    private ApiResponse delete(RoutedRequest call) {
        String name = requireTag(call);
        names.remove(name);
        carriers().forEach(tags -> tags.remove(name));
        deletions.forEach(deletion -> deletion.accept(name));
        return ApiResponse.noContent();
    }

    private ApiResponse attach(RoutedRequest call) {
        String name = requireTag(call);
        resources(call).forEach(tags -> tags.add(name));
        return ApiResponse.noContent();
    }

    private ApiResponse detach(RoutedRequest call) {
        String name = requireTag(call);
        resources(call).forEach(tags -> tags.remove(name));
        return ApiResponse.noContent();
    }

    /** Calls the listener after the deletion of each tag. */
    public void onDelete(Consumer<String> deletion) {
        deletions.add(deletion);
    }

    public List<String> names() {
        return List.copyOf(names);
    }

    /** Refuses invalid tags. */
    public static void requireValid(Collection<String> tags) {
        for (String tag : tags) {
            if (!FORM.matcher(tag).matches()) {
                throw ApiErrorException.unprocessable(
                        "Tag name %s is invalid: letters, numbers, colons, dashes and underscores, at most 255 characters."
                                .formatted(tag));
            }
        }
    }

    /** Creates the tags that are missing and returns the spelling of all. */
    public List<String> add(Collection<String> tags) {
        return tags.stream().map(this::add).distinct().toList();
    }

    private String add(String tag) {
        names.add(tag);
        return spelled(tag);
    }

    private String spelled(String tag) {
        return Optional.ofNullable(names.floor(tag)).orElse(tag);
    }

    private String requireTag(RoutedRequest call) {
        String name = call.pathVariable("tag");
        if (!names.contains(name) || !spelled(name).equals(name)) {
            throw ApiErrorException.notFound();
        }
        return name;
    }

    private List<Set<String>> carriers() {
        List<Set<String>> all = new ArrayList<>();
        droplets.get().forEach(droplet -> all.add(droplet.tags()));
        snapshots.get().forEach(snapshot -> all.add(snapshot.tags()));
        return all;
    }

    // Finds all resources before it changes the first: a refusal has no effect.
    private List<Set<String>> resources(RoutedRequest call) {
        JsonNode list = call.body().path("resources");
        if (!list.isArray() || list.isEmpty()) {
            throw ApiErrorException.unprocessable("resources must be a list that names something.");
        }
        List<Set<String>> found = new ArrayList<>();
        list.forEach(resource -> found.add(carrier(resource)));
        return found;
    }

    private Set<String> carrier(JsonNode resource) {
        long id = number(resource.path("resource_id").asText(""));
        return switch (resource.path("resource_type").asText("")) {
            case "droplet" -> tagsOf(droplets.get(), id);
            case "image" -> tagsOf(snapshots.get(), id);
            case "volume", "volume_snapshot" -> throw ApiErrorException.notFound();
            default -> throw ApiErrorException.unprocessable("resource_type must be droplet or image.");
        };
    }

    private static Set<String> tagsOf(Collection<? extends TagCarrier> resources, long id) {
        return resources.stream()
                .filter(resource -> resource.id() == id)
                .findFirst()
                .orElseThrow(ApiErrorException::notFound)
                .tags();
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw ApiErrorException.notFound();
        }
        return Long.parseLong(text);
    }

    private ObjectNode json(String tag, String base) {
        List<String> tagged = addresses(droplets.get(), tag, base + "/v2/droplets/");
        List<String> imaged = addresses(snapshots.get(), tag, base + "/v2/images/");
        ArrayList<String> all = new ArrayList<>(imaged);
        all.addAll(tagged);
        ObjectNode resources = count(all);
        resources.set("droplets", count(tagged));
        resources.set("images", count(imaged));
        for (String kind : List.of("volumes", "volume_snapshots", "databases")) {
            resources.set(kind, count(List.of()));
        }
        return ApiJson.object().put("name", tag).<ObjectNode>set("resources", resources);
    }

    private static List<String> addresses(Collection<? extends TagCarrier> resources, String tag, String prefix) {
        return resources.stream()
                .filter(resource -> resource.tags().contains(tag))
                .map(resource -> prefix + resource.id())
                .toList();
    }

    private static ObjectNode count(List<String> addresses) {
        ObjectNode json = ApiJson.object().put("count", addresses.size());
        if (!addresses.isEmpty()) {
            json.put("last_tagged_uri", addresses.get(addresses.size() - 1));
        }
        return json;
    }
}
