package dev.sluice.lab.network;

import dev.sluice.lab.account.LabRuntime;
import dev.sluice.lab.api.LabLog;
import dev.sluice.lab.droplets.DropletStore;
import dev.sluice.lab.droplets.LabDroplet;
import dev.sluice.lab.machine.PacketFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Brings the machines' packet filters in line with the account's firewalls. */
final class FirewallEnforcement {
    /** The filter that a droplet's machine was last given, and its firewalls. */
    private record EnforcedFilter(List<LabFirewall> firewalls, Optional<PacketFilter> filter) {}

    private static final EnforcedFilter OPEN = new EnforcedFilter(List.of(), Optional.empty());

    private final Map<Long, EnforcedFilter> guards = new HashMap<>();
    private final LabRuntime runtime;
    private final DropletStore fleet;

    FirewallEnforcement(LabRuntime runtime, DropletStore fleet) {
        this.runtime = runtime;
        this.fleet = fleet;
        // A rebuilt machine has no filter.
        fleet.onReplace(droplet -> guards.remove(droplet.id()));
    }

    /** Gives a new filter to each machine whose firewalls, or their members, have changed. */
    void reconcile(List<LabFirewall> all) {
        if (all.isEmpty() && guards.isEmpty()) {
            return;
        }
        guards.keySet().removeIf(id -> fleet.find(id).isEmpty());
        all.forEach(firewall -> firewall.keepDroplets(id -> fleet.find(id).isPresent()));
        Map<String, List<String>> tagged = new HashMap<>();
        Map<List<LabFirewall>, EnforcedFilter> made = new HashMap<>();
        for (LabDroplet droplet : fleet.all()) {
            List<LabFirewall> covering =
                    all.stream().filter(firewall -> firewall.covers(droplet)).toList();
            EnforcedFilter wanted =
                    Objects.requireNonNull(made.computeIfAbsent(covering, these -> guard(these, tagged)));
            EnforcedFilter old = guards.getOrDefault(droplet.id(), OPEN);
            if (!wanted.filter.equals(old.filter)) {
                ask(droplet.id(), old, wanted);
            }
        }
    }

    private void ask(long droplet, EnforcedFilter old, EnforcedFilter wanted) {
        if (wanted.filter.isEmpty()) {
            guards.remove(droplet);
        } else {
            guards.put(droplet, wanted);
        }
        Map<LabFirewall, LabFirewall.PendingChange> changes = new HashMap<>();
        old.firewalls.forEach(firewall -> changes.put(firewall, new LabFirewall.PendingChange(droplet, true)));
        wanted.firewalls.forEach(firewall -> changes.put(firewall, new LabFirewall.PendingChange(droplet, false)));
        changes.forEach((firewall, change) -> firewall.begin(change));
        Callable<?> work = () -> {
            runtime.machines().applyFilter(droplet, wanted.filter);
            return true;
        };
        runtime.works().submit(droplet, runtime.actionTime(), work, failure -> done(droplet, changes, failure));
    }

    private void done(long droplet, Map<LabFirewall, LabFirewall.PendingChange> changes, @Nullable Exception failure) {
        boolean gone = fleet.find(droplet).isEmpty();
        if (!gone) {
            LabLog.failure("apply the firewalls of droplet %d".formatted(droplet), failure);
        }
        changes.forEach((firewall, change) -> firewall.end(change, failure != null && !gone));
    }

    private EnforcedFilter guard(List<LabFirewall> covering, Map<String, List<String>> tagged) {
        if (covering.isEmpty()) {
            return OPEN;
        }
        List<PacketFilter.AllowedTraffic> inbound = new ArrayList<>();
        List<PacketFilter.AllowedTraffic> outbound = new ArrayList<>();
        for (LabFirewall firewall : covering) {
            firewall.inbound().forEach(rule -> inbound.add(pass(rule, tagged)));
            firewall.outbound().forEach(rule -> outbound.add(pass(rule, tagged)));
        }
        return new EnforcedFilter(covering, Optional.of(new PacketFilter(inbound, outbound)));
    }

    private PacketFilter.AllowedTraffic pass(FirewallRule rule, Map<String, List<String>> tagged) {
        List<String> networks = new ArrayList<>(rule.networks());
        rule.droplets().stream()
                .flatMap(id -> fleet.find(id).stream())
                .forEach(droplet -> networks.addAll(hosts(droplet)));
        for (String tag : rule.tags()) {
            networks.addAll(Objects.requireNonNull(tagged.computeIfAbsent(tag, this::hostsTagged)));
        }
        return new PacketFilter.AllowedTraffic(rule.protocol(), rule.firstPort(), rule.lastPort(), networks);
    }

    private List<String> hostsTagged(String tag) {
        return fleet.tagged(tag).stream()
                .flatMap(droplet -> hosts(droplet).stream())
                .toList();
    }

    private static List<String> hosts(LabDroplet droplet) {
        return List.of(droplet.privateAddress() + "/32", droplet.publicAddress() + "/32");
    }
}
