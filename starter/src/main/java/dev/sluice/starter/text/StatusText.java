package dev.sluice.starter.text;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The state of things: what a worker read of the world, and what runs. */
public final class StatusText {
    private StatusText() {}

    /** The heading, one line for each node, findings, and what cannot be known. */
    public static List<String> lines(ClusterFile file, ClusterReport world, Clock clock) {
        List<String> findings = findings(file, world);
        List<String> lines = new ArrayList<>();
        lines.add("%s  %s  as of %s     %s → %s"
                .formatted(
                        file.name(),
                        word(world, findings),
                        TimeText.second(world.at(), clock.getZone()),
                        file.serviceName(),
                        addresses(world)));
        if (!world.nodes().isEmpty()) {
            lines.add("");
            lines.addAll(table(world, clock));
        }
        if (!findings.isEmpty()) {
            lines.add("");
            findings.forEach(finding -> lines.add("✘ " + finding));
        }
        world.unknown().forEach(unknown -> lines.add("? " + StepText.clean(unknown)));
        return lines;
    }

    /** 8 if something is not as it should be or could not be read. */
    public static int exitCode(ClusterFile file, ClusterReport world) {
        return findings(file, world).isEmpty() && world.unknown().isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    private static String word(ClusterReport world, List<String> findings) {
        if (world.nodes().isEmpty()) {
            return "no nodes";
        }
        String state = findings.isEmpty() && world.unknown().isEmpty() ? "healthy" : "degraded";
        return state + (serves(world) ? ", serving" : ", not serving");
    }

    /** Some published proxy has some member open. */
    private static boolean serves(ClusterReport world) {
        return !world.records().atServer().isEmpty()
                && world.proxies().stream()
                        .flatMap(proxy -> proxy.members().stream())
                        .anyMatch(member -> member.state() == MemberStatus.MemberState.JOINED);
    }

    private static String addresses(ClusterReport world) {
        int published = world.records().atServer().size();
        return published == 0
                ? "not in DNS"
                : ChangeText.count(published, "address").replace("addresss", "addresses");
    }

    private static List<String> table(ClusterReport world, Clock clock) {
        TextTable table = new TextTable().row("ROLE", "NODE", "ADDRESS", "STATE", "TEMPLATE", "REQUESTS", "SINCE", "");
        world.nodes().stream()
                .sorted(Comparator.comparing(
                                (NodeStatus node) -> node.ref().role().isMember())
                        .thenComparing(node -> node.ref().name()))
                .forEach(node -> table.row(
                        node.ref().role().word(),
                        node.ref().name().value(),
                        node.node()
                                .map(Node::privateAddress)
                                .map(Object::toString)
                                .orElse("–"),
                        state(node, world),
                        node.template().map(id -> template(id, world)).orElse("–"),
                        requests(node, world),
                        TimeText.duration(node.since(), clock.instant()),
                        note(node, world)));
        return table.lines();
    }

    private static String state(NodeStatus node, ClusterReport world) {
        if (!node.powered()) {
            return node.state().map(state -> word(state) + ", off").orElse("off");
        }
        if (truths(node, world).anyMatch(StatusText::ejected)) {
            return "ejected";
        }
        return node.state().map(StatusText::word).orElse("being made");
    }

    private static String word(NodeState state) {
        return state.word().replace('-', ' ');
    }

    private static String template(long id, ClusterReport world) {
        return world.templates().stream()
                .filter(template -> template.image() == id)
                .map(Template::name)
                .findFirst()
                .orElse(Long.toString(id));
    }

    private static String requests(NodeStatus node, ClusterReport world) {
        if (node.ref().role().facesClients() || truths(node, world).findAny().isEmpty()) {
            return "–";
        }
        return Long.toString(
                truths(node, world).mapToLong(MemberStatus::requests).sum());
    }

    private static String note(NodeStatus node, ClusterReport world) {
        Map<String, List<String>> notes = new LinkedHashMap<>();
        for (ProxyMembers proxy : world.proxies()) {
            for (MemberStatus member : proxy.members()) {
                member.note()
                        .filter(note -> member.name().equals(node.ref().name()))
                        .ifPresent(note -> notes.computeIfAbsent(withoutTime(note), said -> new ArrayList<>())
                                .add(proxy.proxy().value()));
            }
        }
        return notes.entrySet().stream()
                .map(said -> "%s (on %s)".formatted(said.getKey(), String.join(", ", said.getValue())))
                .collect(Collectors.joining("; "));
    }

    /** Each proxy writes down its own second; it is one ejection all the same. */
    private static String withoutTime(String note) {
        return StepText.clean(note).replaceFirst(", \\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "");
    }

    private static java.util.stream.Stream<MemberStatus> truths(NodeStatus node, ClusterReport world) {
        return world.proxies().stream()
                .flatMap(proxy -> proxy.members().stream())
                .filter(member -> member.name().equals(node.ref().name()));
    }

    private static boolean ejected(MemberStatus member) {
        return switch (member.state()) {
            case EJECTED, EJECTED_BY_ANOTHER_HAND -> true;
            case JOINED, DRAINING, LEFT -> false;
        };
    }

    /** What is not as it should be, each with what to do. */
    static List<String> findings(ClusterFile file, ClusterReport world) {
        List<String> findings = new ArrayList<>();
        for (ProxyMembers proxy : world.proxies()) {
            proxy.unreachable()
                    .ifPresent(why ->
                            findings.add("%s cannot be reached: %s".formatted(proxy.proxy(), StepText.clean(why))));
        }
        for (NodeStatus node : world.nodes()) {
            finding(node, world).ifPresent(findings::add);
        }
        file.roles()
                .forEach((role, spec) ->
                        tooFew(file, role, spec.minimum(), world).ifPresent(findings::add));
        return findings;
    }

    private static Optional<String> finding(NodeStatus node, ClusterReport world) {
        String name = node.ref().name().value();
        if (node.state().filter(state -> state == NodeState.QUARANTINE).isPresent()) {
            return Optional.of(kept(node));
        }
        if (node.state().filter(state -> state == NodeState.IN_SERVICE).isEmpty()) {
            return Optional.empty();
        }
        if (!node.powered()) {
            return Optional.of("%s is in service, yet powered off: %s".formatted(name, CommandHints.retire(name)));
        }
        if (node.ref().role().facesClients()) {
            return published(node, world)
                    ? Optional.empty()
                    : Optional.of("%s is in service, yet not in DNS".formatted(name));
        }
        List<String> without = world.proxies().stream()
                .filter(proxy -> proxy.unreachable().isEmpty())
                .filter(proxy -> proxy.members().stream()
                        .noneMatch(member -> member.name().equals(node.ref().name())
                                && member.state() != MemberStatus.MemberState.LEFT))
                .map(proxy -> proxy.proxy().value())
                .toList();
        if (!without.isEmpty()) {
            return Optional.of("%s is in service, yet unknown on %s".formatted(name, String.join(", ", without)));
        }
        return truths(node, world).anyMatch(StatusText::ejected)
                ? Optional.of("%s is ejected; let it in again: %s".formatted(name, CommandHints.readmit(name)))
                : Optional.empty();
    }

    /** What Sluice had to leave has no power; what somebody wanted to look at has, and goes by itself. */
    private static String kept(NodeStatus node) {
        NodeName name = node.ref().name();
        return node.powered()
                ? "%s is kept for somebody to look at, out of traffic, and then destroyed: %s"
                        .formatted(
                                name,
                                CommandHints.show(WorkflowIds.keep(node.ref().cluster(), name)))
                : "%s is kept in quarantine; it costs money until removed: %s".formatted(name, CommandHints.fixLeaks());
    }

    private static boolean published(NodeStatus node, ClusterReport world) {
        return node.node().stream()
                .anyMatch(machine -> world.records().atServer().contains(machine.publicAddress()));
    }

    private static Optional<String> tooFew(ClusterFile file, Role role, int minimum, ClusterReport world) {
        long serving = world.nodes().stream()
                .filter(node -> node.ref().role() == role)
                .filter(node -> node.state()
                        .filter(state -> state == NodeState.IN_SERVICE)
                        .isPresent())
                .count();
        boolean any = world.nodes().stream().anyMatch(node -> node.ref().role() == role);
        return any && serving < minimum
                ? Optional.of("%s / %s has %d in service, its minimum is %d: %s"
                        .formatted(file.name(), role, serving, minimum, CommandHints.deploy(role)))
                : Optional.empty();
    }
}
