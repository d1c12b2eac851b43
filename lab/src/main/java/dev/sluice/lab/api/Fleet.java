package dev.sluice.lab.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The droplets there are, oldest first. */
final class Fleet {
    /** Deleted, but the API has not noticed yet. */
    final List<Droplet> ghosts = new ArrayList<>();

    private final Map<Long, Droplet> droplets = new LinkedHashMap<>();

    Collection<Droplet> all() {
        return droplets.values();
    }

    /** Those that the API shows: not yet the newest, and still those just deleted. */
    Stream<Droplet> shown() {
        return Stream.concat(ghosts.stream(), droplets.values().stream()).filter(droplet -> !droplet.hidden);
    }

    Optional<Droplet> find(long id) {
        return Optional.ofNullable(droplets.get(id));
    }

    /** The droplet in the call's path. */
    Droplet of(Call call) {
        return find(call.id("droplet")).orElseThrow(Refusal::notFound);
    }

    List<Droplet> tagged(String tag) {
        return droplets.values().stream()
                .filter(droplet -> droplet.tags.contains(tag))
                .toList();
    }

    int size() {
        return droplets.size();
    }

    void add(Droplet droplet) {
        droplets.put(droplet.id, droplet);
    }

    void remove(Droplet droplet) {
        droplets.remove(droplet.id);
    }
}
