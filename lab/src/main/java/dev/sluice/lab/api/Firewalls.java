package dev.sluice.lab.api;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The account's firewalls; {@link Guards} brings the machines in line with them. */
final class Firewalls {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9.-]{1,254}");

    private final Map<String, Firewall> firewalls = new LinkedHashMap<>();
    private final Fleet fleet;
    private final Tags tags;
    private final Clock clock;

    Firewalls(Fleet fleet, Tags tags, Clock clock) {
        this.fleet = fleet;
        this.tags = tags;
        this.clock = clock;
        tags.onDelete(tag -> firewalls.values().forEach(firewall -> firewall.tags.remove(tag)));
    }

    List<Firewall> all() {
        return List.copyOf(firewalls.values());
    }

    Answer list(Call call) {
        return Page.of(call, "firewalls", all(), Firewall::json);
    }

    Answer listOf(Call call) {
        Droplet droplet = fleet.of(call);
        var covering =
                all().stream().filter(firewall -> firewall.covers(droplet)).toList();
        return Page.of(call, "firewalls", covering, Firewall::json);
    }

    Answer create(Call call) {
        var order = read(call);
        refuseIfTaken(order.name(), "");
        var firewall = new Firewall(UUID.randomUUID().toString(), clock.instant(), order);
        firewalls.put(firewall.id, firewall);
        return Answer.of(202, "firewall", firewall.json());
    }

    Answer get(Call call) {
        return Answer.ok("firewall", of(call).json());
    }

    /** What the body does not name is gone afterwards. */
    Answer replace(Call call) {
        var firewall = of(call);
        var order = read(call);
        refuseIfTaken(order.name(), firewall.id);
        firewall.become(order);
        return Answer.ok("firewall", firewall.json());
    }

    Answer delete(Call call) {
        firewalls.remove(of(call).id);
        return Answer.noContent();
    }

    Answer addDroplets(Call call) {
        return change(call, order -> order.droplets().addAll(named(call, droplets(call))));
    }

    Answer removeDroplets(Call call) {
        return change(call, order -> order.droplets().removeAll(named(call, droplets(call))));
    }

    Answer addTags(Call call) {
        return change(call, order -> order.tags().addAll(named(call, tags(call))));
    }

    Answer removeTags(Call call) {
        return change(call, order -> order.tags().removeAll(named(call, Set.copyOf(call.list("tags")))));
    }

    Answer addRules(Call call) {
        var added = rules(call);
        return changeRules(call, (old, isNew) -> old.addAll(isNew), added);
    }

    Answer removeRules(Call call) {
        var gone = rules(call);
        return changeRules(call, (old, isGone) -> old.removeAll(isGone), gone);
    }

    private interface Change {
        void apply(Set<FirewallRule> old, List<FirewallRule> named);
    }

    private record Rules(List<FirewallRule> inbound, List<FirewallRule> outbound) {}

    private Answer changeRules(Call call, Change change, Rules named) {
        var firewall = of(call);
        var old = firewall.order();
        var inbound = new LinkedHashSet<>(old.inbound());
        var outbound = new LinkedHashSet<>(old.outbound());
        change.apply(inbound, named.inbound());
        change.apply(outbound, named.outbound());
        firewall.become(new Firewall.Order(
                old.name(), List.copyOf(inbound), List.copyOf(outbound), old.droplets(), old.tags()));
        return Answer.noContent();
    }

    private Answer change(Call call, Consumer<Firewall.Order> change) {
        var firewall = of(call);
        var order = firewall.order();
        change.accept(order);
        firewall.become(order);
        return Answer.noContent();
    }

    private Firewall.Order read(Call call) {
        String name = call.required("name", "Name can't be blank");
        if (!NAME.matcher(name).matches())
            throw Refusal.unprocessable(
                    "name must begin with a letter or number, and have only these, dots and dashes.");
        var rules = rules(call);
        return new Firewall.Order(name, rules.inbound(), rules.outbound(), droplets(call), tags(call));
    }

    private Rules rules(Call call) {
        var inbound = FirewallRule.read(call.body(), "inbound_rules", "sources");
        var outbound = FirewallRule.read(call.body(), "outbound_rules", "destinations");
        if (inbound.isEmpty() && outbound.isEmpty())
            throw Refusal.unprocessable("At least one inbound or outbound rule must be given.");
        var all = new ArrayList<>(inbound);
        all.addAll(outbound);
        for (FirewallRule rule : all) {
            rule.tags().forEach(this::refuseUnknownTag);
            rule.droplets().forEach(this::refuseUnknownDroplet);
        }
        return new Rules(inbound, outbound);
    }

    private Set<Long> droplets(Call call) {
        var ids = new LinkedHashSet<Long>();
        for (String id : call.list("droplet_ids")) {
            if (!id.matches("[0-9]{1,18}")) throw Refusal.unprocessable("droplet_ids must be numbers.");
            ids.add(Long.parseLong(id));
        }
        ids.forEach(this::refuseUnknownDroplet);
        return ids;
    }

    private Set<String> tags(Call call) {
        var names = new LinkedHashSet<>(call.list("tags"));
        names.forEach(this::refuseUnknownTag);
        return names;
    }

    private static <T> Set<T> named(Call call, Set<T> values) {
        if (values.isEmpty()) throw Refusal.unprocessable("The request names nothing: " + call.path());
        return values;
    }

    private void refuseUnknownDroplet(long id) {
        if (fleet.find(id).isEmpty()) throw Refusal.unprocessable("There is no Droplet " + id + ".");
    }

    private void refuseUnknownTag(String tag) {
        if (!tags.names().contains(tag)) throw Refusal.unprocessable("There is no tag " + tag + ".");
    }

    private void refuseIfTaken(String name, String by) {
        if (all().stream().anyMatch(other -> other.name().equals(name) && !other.id.equals(by)))
            throw Refusal.conflict("duplicate name");
    }

    private Firewall of(Call call) {
        return Optional.ofNullable(firewalls.get(call.text("firewall"))).orElseThrow(Refusal::notFound);
    }
}
