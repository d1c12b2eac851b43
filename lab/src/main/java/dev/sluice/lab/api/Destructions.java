package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Droplets that go together with what belongs to them: their snapshots and reserved addresses. */
final class Destructions {
    private static final List<String> KINDS =
            List.of("reserved_ips", "floating_ips", "snapshots", "volumes", "volume_snapshots");

    /** One thing that goes: when it has gone, or why it could not. */
    private static final class Thing {
        private final String id;
        private final String name;
        private @Nullable Instant gone;
        private String error = "";

        private Thing(String id, String name) {
            this.id = id;
            this.name = name;
        }

        private ObjectNode json() {
            var json = Json.object().put("id", id).put("name", name).put("error_message", error);
            if (gone != null) json.put("destroyed_at", Json.time(gone));
            return json;
        }
    }

    private static final class Destruction {
        private final Thing droplet;
        private final Map<String, List<Thing>> things = new LinkedHashMap<>();
        private @Nullable Instant completed;

        private Destruction(Droplet droplet) {
            this.droplet = new Thing(Long.toString(droplet.id), droplet.name);
        }

        private List<Thing> of(String kind) {
            return Objects.requireNonNull(things.computeIfAbsent(kind, ignored -> new ArrayList<>()));
        }

        private ObjectNode json() {
            var json = Json.object();
            json.set("droplet", droplet.json());
            var resources = json.putObject("resources");
            for (String kind : KINDS) {
                ArrayNode list = resources.putArray(kind);
                of(kind).forEach(thing -> list.add(thing.json()));
            }
            if (completed != null) json.put("completed_at", Json.time(completed));
            return json.put("failures", failures());
        }

        private long failures() {
            var all = new ArrayList<>(List.of(droplet));
            things.values().forEach(all::addAll);
            return all.stream().filter(thing -> !thing.error.isEmpty()).count();
        }
    }

    private final Map<Long, Destruction> destructions = new HashMap<>();
    private final Fleet fleet;
    private final Droplets droplets;
    private final Images images;
    private final ReservedAddresses addresses;
    private final Clock clock;

    Destructions(Fleet fleet, Droplets droplets, Images images, ReservedAddresses addresses, Clock clock) {
        this.fleet = fleet;
        this.droplets = droplets;
        this.images = images;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** What would go with the droplet, with what it costs a month. */
    Answer list(Call call) {
        Droplet droplet = fleet.of(call);
        var body = Json.object();
        KINDS.forEach(body::putArray);
        images.of(droplet)
                .forEach(image -> body.withArrayProperty("snapshots")
                        .add(Json.object()
                                .put("id", Long.toString(image.id))
                                .put("name", image.name)
                                .put("cost", "0.14")));
        addresses
                .of(droplet)
                .forEach(address -> body.withArrayProperty("reserved_ips")
                        .add(Json.object()
                                .put("id", address)
                                .put("name", address)
                                .put("cost", "5.00")));
        return new Answer(200, body, 0);
    }

    /** The droplet and what the body names of its things. */
    Answer selective(Call call) {
        Droplet droplet = fleet.of(call);
        for (String kind : List.of("floating_ips", "volumes", "volume_snapshots"))
            if (!call.list(kind).isEmpty()) throw Refusal.unprocessable("The Droplet has no " + kind + ".");
        return begin(droplet, call.list("snapshots"), call.list("reserved_ips"));
    }

    /** The droplet and all that belongs to it; the header is asked for so that nobody does it by accident. */
    Answer dangerous(Call call) {
        Droplet droplet = fleet.of(call);
        if (!call.dangerous())
            throw Refusal.unprocessable("The header X-Dangerous: true must be there to destroy all resources.");
        var snapshots = images.of(droplet).stream()
                .map(image -> Long.toString(image.id))
                .toList();
        return begin(droplet, snapshots, addresses.of(droplet));
    }

    Answer status(Call call) {
        return new Answer(200, of(call).json(), 0);
    }

    /** Tries again what could not be destroyed. */
    Answer retry(Call call) {
        var destruction = of(call);
        if (destruction.completed == null) throw Refusal.conflict("The destruction is still going on.");
        fleet.find(call.id("droplet")).ifPresent(droplet -> {
            Droplets.refuseIfBusy(droplet);
            destroy(droplet, destruction);
        });
        return new Answer(202, null, 0);
    }

    private Answer begin(Droplet droplet, List<String> snapshots, List<String> reserved) {
        Droplets.refuseIfBusy(droplet);
        var own = images.of(droplet).stream()
                .map(image -> Long.toString(image.id))
                .toList();
        if (!own.containsAll(snapshots) || !addresses.of(droplet).containsAll(reserved))
            throw Refusal.unprocessable("Only what belongs to the Droplet goes with it.");
        var destruction = new Destruction(droplet);
        destructions.put(droplet.id, destruction);
        for (Image image : images.of(droplet)) {
            if (!snapshots.contains(Long.toString(image.id))) continue;
            images.remove(image);
            gone(destruction.of("snapshots"), Long.toString(image.id), image.name);
        }
        for (String address : reserved) {
            addresses.release(address);
            gone(destruction.of("reserved_ips"), address, address);
        }
        destroy(droplet, destruction);
        return new Answer(202, null, 0);
    }

    private void gone(List<Thing> things, String id, String name) {
        var thing = new Thing(id, name);
        thing.gone = clock.instant();
        things.add(thing);
    }

    private void destroy(Droplet droplet, Destruction destruction) {
        destruction.completed = null;
        droplets.remove(droplet, failure -> {
            destruction.completed = clock.instant();
            if (failure == null) destruction.droplet.gone = clock.instant();
            destruction.droplet.error = failure == null ? "" : String.valueOf(failure.getMessage());
        });
    }

    private Destruction of(Call call) {
        return Optional.ofNullable(destructions.get(call.id("droplet"))).orElseThrow(Refusal::notFound);
    }
}
