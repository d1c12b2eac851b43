package dev.sluice.lab.api;

import dev.sluice.lab.machine.Filter;
import dev.sluice.lab.machine.Machines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Brings what the machines let through in line with the account's firewalls, each in its own time. */
final class Guards {
    /** What a droplet's machine was last asked for, and by which firewalls. */
    private record Guard(List<Firewall> firewalls, Optional<Filter> filter) {}

    private static final Guard OPEN = new Guard(List.of(), Optional.empty());

    private final Map<Long, Guard> guards = new HashMap<>();
    private final Fleet fleet;
    private final Firewalls firewalls;
    private final Machines machines;
    private final Works works;
    private final Duration least;

    Guards(Fleet fleet, Firewalls firewalls, Machines machines, Works works, Duration least) {
        this.fleet = fleet;
        this.firewalls = firewalls;
        this.machines = machines;
        this.works = works;
        this.least = least;
    }

    /** Asks each machine whose firewalls, or their members, are others than at the last time. */
    void settle() {
        var all = firewalls.all();
        if (all.isEmpty() && guards.isEmpty()) return;
        guards.keySet().removeIf(id -> fleet.find(id).isEmpty());
        all.forEach(firewall -> firewall.droplets.removeIf(id -> fleet.find(id).isEmpty()));
        Map<String, List<String>> tagged = new HashMap<>();
        Map<List<Firewall>, Guard> made = new HashMap<>();
        for (Droplet droplet : fleet.all()) {
            var covering =
                    all.stream().filter(firewall -> firewall.covers(droplet)).toList();
            var wanted = Objects.requireNonNull(made.computeIfAbsent(covering, these -> guard(these, tagged)));
            var old = guards.getOrDefault(droplet.id, OPEN);
            if (!wanted.filter.equals(old.filter)) ask(droplet.id, old, wanted);
        }
    }

    /** The machine is a new one under an old id: it has to be asked again. */
    void forget(Droplet droplet) {
        guards.remove(droplet.id);
    }

    private void ask(long droplet, Guard old, Guard wanted) {
        if (wanted.filter.isEmpty()) guards.remove(droplet);
        else guards.put(droplet, wanted);
        Map<Firewall, Firewall.Change> changes = new HashMap<>();
        old.firewalls.forEach(firewall -> changes.put(firewall, new Firewall.Change(droplet, true)));
        wanted.firewalls.forEach(firewall -> changes.put(firewall, new Firewall.Change(droplet, false)));
        changes.forEach((firewall, change) -> firewall.pending.add(change));
        Callable<?> work = () -> {
            machines.protect(droplet, wanted.filter);
            return true;
        };
        works.begin(droplet, least, work, failure -> done(droplet, changes, failure));
    }

    private void done(long droplet, Map<Firewall, Firewall.Change> changes, @Nullable Exception failure) {
        boolean gone = fleet.find(droplet).isEmpty();
        if (!gone) LabLog.failure("put the firewalls of droplet " + droplet + " into force", failure);
        changes.forEach((firewall, change) -> {
            firewall.pending.remove(change);
            firewall.failed = failure != null && !gone;
        });
    }

    private Guard guard(List<Firewall> covering, Map<String, List<String>> tagged) {
        if (covering.isEmpty()) return OPEN;
        List<Filter.Pass> inbound = new ArrayList<>();
        List<Filter.Pass> outbound = new ArrayList<>();
        for (Firewall firewall : covering) {
            firewall.inbound().forEach(rule -> inbound.add(pass(rule, tagged)));
            firewall.outbound().forEach(rule -> outbound.add(pass(rule, tagged)));
        }
        return new Guard(covering, Optional.of(new Filter(inbound, outbound)));
    }

    private Filter.Pass pass(FirewallRule rule, Map<String, List<String>> tagged) {
        List<String> networks = new ArrayList<>(rule.networks());
        rule.droplets().stream()
                .flatMap(id -> fleet.find(id).stream())
                .forEach(droplet -> networks.addAll(hosts(droplet)));
        for (String tag : rule.tags())
            networks.addAll(Objects.requireNonNull(tagged.computeIfAbsent(tag, this::hostsTagged)));
        return new Filter.Pass(rule.protocol(), rule.firstPort(), rule.lastPort(), networks);
    }

    private List<String> hostsTagged(String tag) {
        return fleet.tagged(tag).stream()
                .flatMap(droplet -> hosts(droplet).stream())
                .toList();
    }

    private static List<String> hosts(Droplet droplet) {
        return List.of(droplet.privateAddress() + "/32", droplet.publicAddress() + "/32");
    }
}
