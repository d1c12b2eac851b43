package dev.sluice.workflows.runbook.cleanup;

import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.activity.CloudActivities.TaggedResource;
import dev.sluice.workflows.activity.RunActivities.OpenNodeRun;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.run.TextFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Traces of nodes that are not there, halves of templates, entries of firewalls: named, and left to a person, since no tag says whose. */
final class DanglingReferences {
    /** A run has no machine yet at its beginning, and none any more at its end. */
    private static final Duration A_WHILE = Duration.ofMinutes(15);

    private final ClusterFile file;
    private final NodeReferences traces;
    private final Instant now;

    DanglingReferences(ClusterFile file, NodeReferences traces, Instant now) {
        this.file = file;
        this.traces = traces;
        this.now = now;
    }

    List<Leak> find(List<NodeStatus> nodes, List<TaggedResource> tagged) {
        Set<NodeName> names = nodes.stream().map(status -> status.ref().name()).collect(Collectors.toSet());
        List<Leak> strays = new ArrayList<>();
        members(names, strays);
        records(nodes, strays);
        runs(names, strays);
        tagged.stream()
                .filter(thing -> thing.kind() == TaggedResource.TaggedKind.UNFINISHED_TEMPLATE)
                .filter(thing -> thing.cluster().filter(file.name()::equals).isPresent())
                .filter(thing -> thing.since().plus(A_WHILE).isBefore(now))
                .forEach(thing -> strays.add(named(
                        "image %s (%s)".formatted(thing.id(), thing.name()),
                        "a bake began to tag it and did not end, since %s".formatted(thing.since()),
                        "no node is cloned from it; delete it at DigitalOcean if nobody needs it")));
        strays.addAll(new DanglingFirewallEntries(file.name()).find(tagged));
        traces.unread().forEach(what -> strays.add(named("what could not be read", what, "")));
        return strays;
    }

    private void members(Set<NodeName> names, List<Leak> strays) {
        traces.members().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> strays.add(named(
                        "member %s on %s".formatted(name, TextFormat.format(traces.proxiesWith(name))),
                        "there is no node of that name",
                        "remove its file on the proxy and reload")));
    }

    private void records(List<NodeStatus> nodes, List<Leak> strays) {
        Set<Ipv4Address> ours = nodes.stream()
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
        for (OpenNodeRun run : traces.runs()) {
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
