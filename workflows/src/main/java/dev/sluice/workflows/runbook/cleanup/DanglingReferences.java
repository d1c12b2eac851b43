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

/** Names dangling references, unfinished templates and firewall entries; no tag shows their owner. */
final class DanglingReferences {
    /** A run has no droplet at its beginning and at its end. */
    private static final Duration A_WHILE = Duration.ofMinutes(15);

    private final ClusterFile file;
    private final NodeReferences references;
    private final Instant now;

    DanglingReferences(ClusterFile file, NodeReferences references, Instant now) {
        this.file = file;
        this.references = references;
        this.now = now;
    }

    List<Leak> find(List<NodeStatus> nodes, List<TaggedResource> tagged) {
        Set<NodeName> names = nodes.stream().map(status -> status.ref().name()).collect(Collectors.toSet());
        List<Leak> dangling = new ArrayList<>();
        members(names, dangling);
        records(nodes, dangling);
        runs(names, dangling);
        tagged.stream()
                .filter(thing -> thing.kind() == TaggedResource.TaggedKind.UNFINISHED_TEMPLATE)
                .filter(thing -> thing.cluster().filter(file.name()::equals).isPresent())
                .filter(thing -> thing.since().plus(A_WHILE).isBefore(now))
                .forEach(thing -> dangling.add(named(
                        "image %s (%s)".formatted(thing.id(), thing.name()),
                        "a bake tagged it in part, since %s".formatted(thing.since()),
                        "no node is cloned from it; delete it at DigitalOcean if it is not needed")));
        dangling.addAll(new DanglingFirewallEntries(file.name()).find(tagged));
        references.unread().forEach(what -> dangling.add(named("unreadable part", what, "")));
        return dangling;
    }

    private void members(Set<NodeName> names, List<Leak> dangling) {
        references.members().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> dangling.add(named(
                        "member %s on %s".formatted(name, TextFormat.format(references.proxiesWith(name))),
                        "no node has that name",
                        "remove its file on the proxy and reload")));
    }

    private void records(List<NodeStatus> nodes, List<Leak> dangling) {
        Set<Ipv4Address> ours = nodes.stream()
                .flatMap(status -> status.node().stream())
                .map(Node::publicAddress)
                .collect(Collectors.toSet());
        references.addresses().stream()
                .filter(address -> !ours.contains(address))
                .forEach(address -> dangling.add(named(
                        "record %s A %s".formatted(file.serviceName(), address),
                        "no node of %s has this address".formatted(file.name()),
                        "remove it from the zone unless it was added manually on purpose")));
    }

    private void runs(Set<NodeName> names, List<Leak> dangling) {
        for (OpenNodeRun run : references.runs()) {
            if (!names.contains(run.node()) && run.since().plus(A_WHILE).isBefore(now)) {
                dangling.add(named(
                        "run %s".formatted(run.workflowId()),
                        "it is open since %s, but droplet %s does not exist".formatted(run.since(), run.node()),
                        "see its current step: sluice watch %s".formatted(run.workflowId())));
            }
        }
    }

    private static Leak named(String what, String why, String says) {
        return Leak.forPerson(what, why, says);
    }
}
