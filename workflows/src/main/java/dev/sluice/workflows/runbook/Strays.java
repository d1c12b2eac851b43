package dev.sluice.workflows.runbook;

import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.activity.CloudActivities.Tagged;
import dev.sluice.workflows.activity.RunActivities.OpenRun;
import dev.sluice.workflows.model.Address;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Traces of nodes that are not there, halves of templates, entries of firewalls: named, and left to a person, since no tag says whose. */
final class Strays {
    /** A run has no machine yet at its beginning, and none any more at its end. */
    private static final Duration A_WHILE = Duration.ofMinutes(15);

    private final ClusterFile file;
    private final Traces traces;
    private final Instant now;

    Strays(ClusterFile file, Traces traces, Instant now) {
        this.file = file;
        this.traces = traces;
        this.now = now;
    }

    List<Leak> among(List<NodeStatus> nodes, List<Tagged> tagged) {
        Set<NodeName> names = nodes.stream().map(status -> status.ref().name()).collect(Collectors.toSet());
        List<Leak> strays = new ArrayList<>();
        members(names, strays);
        records(nodes, strays);
        runs(names, strays);
        tagged.stream()
                .filter(thing -> thing.kind() == Tagged.Kind.UNFINISHED_TEMPLATE)
                .filter(thing -> thing.cluster().filter(file.name()::equals).isPresent())
                .filter(thing -> thing.since().plus(A_WHILE).isBefore(now))
                .forEach(thing -> strays.add(named(
                        "image %s (%s)".formatted(thing.id(), thing.name()),
                        "a bake began to tag it and did not end, since %s".formatted(thing.since()),
                        "no node is cloned from it; delete it at DigitalOcean if nobody needs it")));
        strays.addAll(new FirewallStrays(file.name()).among(tagged));
        traces.unread().forEach(what -> strays.add(named("what could not be read", what, "")));
        return strays;
    }

    private void members(Set<NodeName> names, List<Leak> strays) {
        traces.members().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> strays.add(named(
                        "member %s on %s".formatted(name, Words.of(traces.proxiesWith(name))),
                        "there is no node of that name",
                        "remove its file on the proxy and reload")));
    }

    private void records(List<NodeStatus> nodes, List<Leak> strays) {
        Set<Address> ours = nodes.stream()
                .flatMap(status -> status.node().stream())
                .map(Node::publicAddress)
                .collect(Collectors.toSet());
        traces.addresses().stream()
                .filter(address -> !ours.contains(address))
                .forEach(address -> strays.add(named(
                        "record %s A %s".formatted(file.serviceName(), address),
                        "no node of %s has this address".formatted(file.name()),
                        "remove it from the zone unless another hand keeps it there")));
    }

    private void runs(Set<NodeName> names, List<Leak> strays) {
        for (OpenRun run : traces.runs()) {
            if (!names.contains(run.node()) && run.since().plus(A_WHILE).isBefore(now)) {
                strays.add(named(
                        "run %s".formatted(run.workflowId()),
                        "it goes on since %s, but there is no droplet %s".formatted(run.since(), run.node()),
                        "see what it waits for: sluice watch %s".formatted(run.workflowId())));
            }
        }
    }

    private static Leak named(String what, String why, String says) {
        return Leak.forPerson(what, why, says);
    }
}
