package dev.sluice.lab.droplets;

import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.RoutedRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The droplets there are, oldest first. */
public final class DropletStore {
    /** Deleted, but the API has not noticed yet. */
    final List<LabDroplet> ghosts = new ArrayList<>();

    private final Map<Long, LabDroplet> droplets = new LinkedHashMap<>();

    public Collection<LabDroplet> all() {
        return droplets.values();
    }

    /** Those that the API shows: not yet the newest, and still those just deleted. */
    Stream<LabDroplet> visibleDroplets() {
        return Stream.concat(ghosts.stream(), droplets.values().stream()).filter(droplet -> !droplet.hidden);
    }

    public Optional<LabDroplet> find(long id) {
        return Optional.ofNullable(droplets.get(id));
    }

    /** The droplet in the call's path. */
    public LabDroplet requireDroplet(RoutedRequest call) {
        return find(call.pathId("droplet")).orElseThrow(ApiErrorException::notFound);
    }

    public List<LabDroplet> tagged(String tag) {
        return droplets.values().stream()
                .filter(droplet -> droplet.tags.contains(tag))
                .toList();
    }

    int size() {
        return droplets.size();
    }

    void add(LabDroplet droplet) {
        droplets.put(droplet.id, droplet);
    }

    void remove(LabDroplet droplet) {
        droplets.remove(droplet.id);
    }
}
