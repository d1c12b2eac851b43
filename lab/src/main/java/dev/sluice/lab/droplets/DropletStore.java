package dev.sluice.lab.droplets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.images.ImageOperations;
import dev.sluice.lab.images.LabImage;
import dev.sluice.lab.machine.MachineBackend;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The droplets that exist, oldest first. */
public final class DropletStore {
    private final Map<Long, LabDroplet> droplets = new LinkedHashMap<>();

    /** Deleted droplets that the API still shows. */
    private final List<LabDroplet> ghosts = new ArrayList<>();

    private final List<Consumer<LabDroplet>> replacements = new ArrayList<>();
    private final MachineBackend machines;
    private final ImageOperations images;

    public DropletStore(MachineBackend machines, ImageOperations images) {
        this.machines = machines;
        this.images = images;
    }

    public Collection<LabDroplet> all() {
        return droplets.values();
    }

    /** The droplets that the API shows: not yet the newest, and still the latest deleted. */
    Stream<LabDroplet> visibleDroplets() {
        return Stream.concat(ghosts.stream(), droplets.values().stream()).filter(droplet -> !droplet.isHidden());
    }

    public Optional<LabDroplet> find(long id) {
        return Optional.ofNullable(droplets.get(id));
    }

    /** The droplet in the request's path. */
    public LabDroplet requireDroplet(RoutedRequest call) {
        return find(call.pathId("droplet")).orElseThrow(ApiErrorException::notFound);
    }

    public List<LabDroplet> tagged(String tag) {
        return droplets.values().stream()
                .filter(droplet -> droplet.tags().contains(tag))
                .toList();
    }

    /** The names of the droplets that a request is about. */
    public List<String> namesIn(RoutedRequest call) {
        if (call.variables().containsKey("droplet")) {
            String id = call.pathVariable("droplet");
            return droplets.values().stream()
                    .filter(droplet -> Long.toString(droplet.id()).equals(id))
                    .map(LabDroplet::name)
                    .toList();
        }
        if (!call.path().equals("/v2/droplets")) {
            return List.of();
        }
        if (call.body().has("names")) {
            return call.list("names");
        }
        return List.of(
                call.queryParameter("name").orElse(call.body().path("name").asText("")));
    }

    /** A droplet as the API shows it. */
    public ObjectNode json(LabDroplet droplet) {
        List<Long> snapshots =
                images.snapshotsOf(droplet.id()).stream().map(LabImage::id).toList();
        return droplet.json(droplet.isMade() && machines.isRunning(droplet.id()), snapshots);
    }

    /** Calls the listener after each rebuild of a machine under its old id. */
    public void onReplace(Consumer<LabDroplet> listener) {
        replacements.add(listener);
    }

    void replaced(LabDroplet droplet) {
        replacements.forEach(listener -> listener.accept(droplet));
    }

    int size() {
        return droplets.size();
    }

    void add(LabDroplet droplet) {
        droplets.put(droplet.id(), droplet);
    }

    void remove(LabDroplet droplet) {
        droplets.remove(droplet.id());
    }

    void addGhost(LabDroplet droplet) {
        ghosts.add(droplet);
    }

    void removeGhost(LabDroplet droplet) {
        ghosts.remove(droplet);
    }
}
