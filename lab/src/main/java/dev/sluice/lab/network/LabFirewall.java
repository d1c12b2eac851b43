package dev.sluice.lab.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.droplets.LabDroplet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/** A firewall as the API shows it; the filters of its machines follow later. */
final class LabFirewall {
    /** A droplet whose machine does not enforce the firewall yet. */
    record PendingChange(long droplet, boolean removing) {
        ObjectNode json() {
            return ApiJson.object()
                    .put("droplet_id", droplet)
                    .put("removing", removing)
                    .put("status", "waiting");
        }
    }

    /** The content of a request, validated. */
    record FirewallRequest(
            String name,
            List<FirewallRule> inbound,
            List<FirewallRule> outbound,
            Set<Long> droplets,
            Set<String> tags) {}

    private static final int MOST_RULES = 50;
    private static final int MOST_DROPLETS = 10;
    private static final int MOST_TAGS = 5;

    private final String id;
    private final Set<Long> droplets = new LinkedHashSet<>();
    private final Set<String> tags = new LinkedHashSet<>();
    private final List<PendingChange> pending = new ArrayList<>();
    private boolean failed;
    private final Instant created;
    private String name = "";
    private List<FirewallRule> inbound = List.of();
    private List<FirewallRule> outbound = List.of();

    LabFirewall(String id, Instant created, FirewallRequest order) {
        this.id = id;
        this.created = created;
        replaceWith(order);
    }

    /** Replaces the content of the firewall, or refuses the request without effect. */
    void replaceWith(FirewallRequest order) {
        refuseMoreThan(MOST_RULES, "rules", order.inbound.size() + order.outbound.size());
        refuseMoreThan(MOST_DROPLETS, "Droplets", order.droplets.size());
        refuseMoreThan(MOST_TAGS, "tags", order.tags.size());
        List<Long> members = List.copyOf(order.droplets);
        List<String> names = List.copyOf(order.tags);
        name = order.name;
        inbound = List.copyOf(order.inbound);
        outbound = List.copyOf(order.outbound);
        droplets.clear();
        droplets.addAll(members);
        tags.clear();
        tags.addAll(names);
    }

    FirewallRequest order() {
        return new FirewallRequest(name, inbound, outbound, new LinkedHashSet<>(droplets), new LinkedHashSet<>(tags));
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    List<FirewallRule> inbound() {
        return inbound;
    }

    List<FirewallRule> outbound() {
        return outbound;
    }

    boolean covers(LabDroplet droplet) {
        return droplets.contains(droplet.id()) || droplet.tags().stream().anyMatch(tags::contains);
    }

    void keepDroplets(LongPredicate kept) {
        droplets.removeIf(id -> !kept.test(id));
    }

    void removeTag(String tag) {
        tags.remove(tag);
    }

    void begin(PendingChange change) {
        pending.add(change);
    }

    void end(PendingChange change, boolean changeFailed) {
        pending.remove(change);
        failed = changeFailed;
    }

    ObjectNode json() {
        ObjectNode json = ApiJson.object()
                .put("id", id)
                .put("name", name)
                .put("status", failed ? "failed" : pending.isEmpty() ? "succeeded" : "waiting")
                .put("created_at", ApiJson.formatTime(created));
        ArrayNode changes = json.putArray("pending_changes");
        pending.forEach(change -> changes.add(change.json()));
        json.set("inbound_rules", rules(inbound, "sources"));
        json.set("outbound_rules", rules(outbound, "destinations"));
        json.set("droplet_ids", ApiJson.array(droplets));
        json.set("tags", ApiJson.array(tags));
        return json;
    }

    private static ArrayNode rules(List<FirewallRule> rules, String side) {
        ArrayNode list = ApiJson.array();
        rules.forEach(rule -> list.add(rule.json(side)));
        return list;
    }

    private static void refuseMoreThan(int most, String what, int wanted) {
        if (wanted > most) {
            throw ApiErrorException.unprocessable(
                    "A firewall may have at most %d %s, not %d.".formatted(most, what, wanted));
        }
    }
}
