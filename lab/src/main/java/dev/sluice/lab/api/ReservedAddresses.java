package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.machine.Machines;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Public addresses that are kept when a droplet goes, and lead to another one then. */
final class ReservedAddresses {
    static final int LIMIT = 200;

    private static final String KIND = "reserved_ip";

    /** One address; locked while it is being moved. */
    private static final class Reserved {
        private final long number;
        private final Catalog.Region region;
        private @Nullable Droplet droplet;
        private boolean locked;

        private Reserved(long number, Catalog.Region region) {
            this.number = number;
            this.region = region;
        }

        // 198.19.0.0/16 is the other half of the range for such networks (RFC 2544).
        private String address() {
            return "198.19.0." + number;
        }
    }

    private final Map<String, Reserved> addresses = new LinkedHashMap<>();
    private final Fleet fleet;
    private final Machines machines;
    private final Works works;
    private final Actions actions;
    private final Droplets droplets;
    private final Duration least;

    ReservedAddresses(Fleet fleet, Machines machines, Works works, Actions actions, Droplets droplets, Duration least) {
        this.fleet = fleet;
        this.machines = machines;
        this.works = works;
        this.actions = actions;
        this.droplets = droplets;
        this.least = least;
    }

    Answer list(Call call) {
        free();
        return Page.of(call, "reserved_ips", List.copyOf(addresses.values()), this::json);
    }

    /** For a region, or for a droplet that it then leads to. */
    Answer create(Call call) {
        if (addresses.size() >= LIMIT) throw Refusal.unprocessable("You may have at most " + LIMIT + " reserved IPs.");
        if (!call.body().has("droplet_id")) return Answer.of(202, KIND, json(reserve(region(call))));
        Droplet droplet = droplet(call);
        Droplets.refuseIfBusy(droplet);
        var reserved = reserve(droplet.region);
        var action = assign(reserved, droplet);
        var body = Json.object().<ObjectNode>set(KIND, json(reserved));
        var links = body.putObject("links");
        links.putArray("droplets")
                .add(Json.object()
                        .put("id", droplet.id)
                        .put("rel", "droplet")
                        .put("href", call.base() + "/v2/droplets/" + droplet.id));
        links.putArray("actions").add(action.link(call.base(), "assign_ip"));
        return new Answer(202, body, 0);
    }

    Answer get(Call call) {
        return Answer.ok(KIND, json(of(call)));
    }

    Answer delete(Call call) {
        var reserved = of(call);
        refuseIfBusy(reserved);
        release(reserved);
        return Answer.noContent();
    }

    Answer begin(Call call) {
        var reserved = of(call);
        refuseIfBusy(reserved);
        return switch (call.required("type", "Type can't be blank")) {
            case "assign" ->
                Answer.of(201, "action", assign(reserved, droplet(call)).json());
            case "unassign" -> Answer.of(201, "action", unassign(reserved).json());
            default -> throw Refusal.unprocessable("type must be assign or unassign.");
        };
    }

    Answer actions(Call call) {
        return actions.listOf(call, KIND, of(call).number);
    }

    Answer action(Call call) {
        return actions.getOf(call, KIND, of(call).number);
    }

    /** The addresses that lead to a droplet. */
    List<String> of(Droplet droplet) {
        return addresses.values().stream()
                .filter(reserved -> reserved.droplet == droplet)
                .map(Reserved::address)
                .toList();
    }

    /** Gives an address up; false if it is not reserved. */
    boolean release(String address) {
        var reserved = Optional.ofNullable(addresses.get(address));
        reserved.ifPresent(this::release);
        return reserved.isPresent();
    }

    private void release(Reserved reserved) {
        addresses.remove(reserved.address());
        if (reserved.droplet != null) lead(reserved, reserved.droplet, false, failure -> {});
    }

    private Reserved reserve(Catalog.Region region) {
        long number = 1;
        while (addresses.containsKey("198.19.0." + number)) number++;
        var reserved = new Reserved(number, region);
        addresses.put(reserved.address(), reserved);
        return reserved;
    }

    private Actions.Action assign(Reserved reserved, Droplet droplet) {
        if (!droplet.region.equals(reserved.region))
            throw Refusal.unprocessable("The reserved IP is in another region than the Droplet.");
        if (reserved.droplet != null) lead(reserved, reserved.droplet, false, failure -> {});
        return move(reserved, droplet, true, "assign_ip");
    }

    private Actions.Action unassign(Reserved reserved) {
        Droplet droplet = reserved.droplet;
        if (droplet == null) throw Refusal.unprocessable("The reserved IP is not assigned to a Droplet.");
        return move(reserved, droplet, false, "unassign_ip");
    }

    private Actions.Action move(Reserved reserved, Droplet droplet, boolean on, String type) {
        var action = actions.begin(type, reserved.number, KIND, reserved.region);
        reserved.locked = true;
        lead(reserved, droplet, on, failure -> {
            LabLog.failure(type + " " + reserved.address() + " of droplet " + droplet.name, failure);
            reserved.locked = false;
            if (failure == null) reserved.droplet = on ? droplet : null;
            actions.end(action, failure == null);
        });
        return action;
    }

    private void lead(Reserved reserved, Droplet droplet, boolean on, Works.Effect end) {
        works.begin(
                droplet.id,
                least,
                () -> {
                    machines.lead(reserved.address(), droplet.id, on);
                    return true;
                },
                end);
    }

    // A droplet that goes leaves its address behind, free.
    private void free() {
        for (Reserved reserved : addresses.values())
            if (reserved.droplet != null && fleet.find(reserved.droplet.id).isEmpty()) reserved.droplet = null;
    }

    private ObjectNode json(Reserved reserved) {
        var json = Json.object().put("ip", reserved.address()).put("locked", reserved.locked);
        json.set("region", reserved.region.json());
        if (reserved.droplet == null) json.putNull("droplet");
        else json.set("droplet", droplets.json(reserved.droplet));
        return json;
    }

    private Reserved of(Call call) {
        free();
        return Optional.ofNullable(addresses.get(call.text("ip"))).orElseThrow(Refusal::notFound);
    }

    private static void refuseIfBusy(Reserved reserved) {
        if (reserved.locked) throw Refusal.unprocessable("The reserved IP already has a pending event.");
    }

    private Droplet droplet(Call call) {
        return fleet.find(call.body().path("droplet_id").asLong())
                .orElseThrow(() -> Refusal.unprocessable("The Droplet of droplet_id could not be found."));
    }

    private static Catalog.Region region(Call call) {
        return Catalog.region(call.required("region", "region or droplet_id must be given."))
                .orElseThrow(() -> Refusal.unprocessable("Region is invalid"));
    }
}
