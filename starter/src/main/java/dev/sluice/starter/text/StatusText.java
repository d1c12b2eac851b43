package dev.sluice.starter.text;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.activity.TruthActivities.AddressAnswer;
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
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the cluster's current state, as a worker read it. */
public final class StatusText {
    /** Apache's words for a member that failed its health check, or whose connection failed. */
    private static final Set<String> ILL = Set.of("HcFl", "Err");

    private StatusText() {}

    /** Returns the heading, a line for each node, the findings, and what could not be read. */
    public static List<String> lines(ClusterFile file, ClusterReport cluster, Clock clock) {
        List<String> findings = findings(file, cluster);
        List<String> lines = new ArrayList<>();
        lines.add("%s  %s  as of %s     %s → %s"
                .formatted(
                        file.name(),
                        word(cluster, findings),
                        TimeText.second(cluster.at(), clock.getZone()),
                        file.serviceName(),
                        addresses(cluster)));
        if (!cluster.nodes().isEmpty()) {
            lines.add("");
            lines.addAll(table(cluster, clock));
        }
        if (!findings.isEmpty()) {
            lines.add("");
            findings.forEach(finding -> lines.add("✘ " + finding));
        }
        cluster.unknown().forEach(unknown -> lines.add("? " + StepText.clean(unknown)));
        return lines;
    }

    /** Returns 8 if there is a finding, clients are not served, or something could not be read. */
    public static int exitCode(ClusterFile file, ClusterReport cluster) {
        boolean quiet = cluster.nodes().isEmpty() || serves(cluster);
        return quiet && findings(file, cluster).isEmpty() && cluster.unknown().isEmpty()
                ? ExitCode.DONE
                : ExitCode.FINDINGS;
    }

    private static String word(ClusterReport cluster, List<String> findings) {
        if (cluster.nodes().isEmpty()) {
            return "no nodes";
        }
        String state = findings.isEmpty() && cluster.unknown().isEmpty() ? "healthy" : "degraded";
        return state + (serves(cluster) ? ", serving" : ", not serving");
    }

    /** Returns whether clients are served: as they were asked, else a record and a member must exist. */
    private static boolean serves(ClusterReport cluster) {
        List<AddressAnswer> answers = cluster.service().answers();
        if (!answers.isEmpty()) {
            return answers.stream().anyMatch(AddressAnswer::serves);
        }
        return !cluster.records().atServer().isEmpty()
                && cluster.proxies().stream()
                        .flatMap(proxy -> proxy.members().stream())
                        .anyMatch(member -> member.state() == MemberStatus.MemberState.JOINED);
    }

    private static String addresses(ClusterReport cluster) {
        int published = cluster.records().atServer().size();
        return published == 0 ? "not in DNS" : SentenceFormat.count(published, "address");
    }

    private static List<String> table(ClusterReport cluster, Clock clock) {
        TextTable table = new TextTable().row("ROLE", "NODE", "ADDRESS", "STATE", "TEMPLATE", "REQUESTS", "SINCE", "");
        cluster.nodes().stream()
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
                        state(node, cluster),
                        node.template().map(id -> template(id, cluster)).orElse("–"),
                        requests(node, cluster),
                        TimeText.duration(node.since(), clock.instant()),
                        note(node, cluster)));
        return table.lines();
    }

    private static String state(NodeStatus node, ClusterReport cluster) {
        if (!node.powered()) {
            return node.state().map(state -> word(state) + ", off").orElse("off");
        }
        if (memberships(node, cluster).anyMatch(StatusText::ejected)) {
            return "ejected";
        }
        return node.state().map(StatusText::word).orElse("being created");
    }

    private static String word(NodeState state) {
        return state.word().replace('-', ' ');
    }

    private static String template(long id, ClusterReport cluster) {
        return cluster.templates().stream()
                .filter(template -> template.image() == id)
                .map(Template::name)
                .findFirst()
                .orElse(Long.toString(id));
    }

    private static String requests(NodeStatus node, ClusterReport cluster) {
        if (node.ref().role().facesClients()
                || memberships(node, cluster).findAny().isEmpty()) {
            return "–";
        }
        return Long.toString(
                memberships(node, cluster).mapToLong(MemberStatus::requests).sum());
    }

    private static String note(NodeStatus node, ClusterReport cluster) {
        Map<String, List<String>> notes = new LinkedHashMap<>();
        for (ProxyMembers proxy : cluster.proxies()) {
            for (MemberStatus member : proxy.members()) {
                member.note()
                        .filter(note -> member.name().equals(node.ref().name()))
                        .ifPresent(note -> notes.computeIfAbsent(withoutTime(note), found -> new ArrayList<>())
                                .add(proxy.proxy().value()));
            }
        }
        return notes.entrySet().stream()
                .map(found -> "%s (on %s)".formatted(found.getKey(), String.join(", ", found.getValue())))
                .collect(Collectors.joining("; "));
    }

    /** Removes the time, because each proxy records its own second of the same ejection. */
    private static String withoutTime(String note) {
        return StepText.clean(note).replaceFirst(", \\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "");
    }

    private static java.util.stream.Stream<MemberStatus> memberships(NodeStatus node, ClusterReport cluster) {
        return cluster.proxies().stream()
                .flatMap(proxy -> proxy.members().stream())
                .filter(member -> member.name().equals(node.ref().name()));
    }

    private static boolean ejected(MemberStatus member) {
        return switch (member.state()) {
            case EJECTED, EJECTED_BY_ANOTHER_HAND -> true;
            case JOINED, DRAINING, LEFT -> false;
        };
    }

    /** Returns the findings, each with what to do. */
    static List<String> findings(ClusterFile file, ClusterReport cluster) {
        List<String> findings = new ArrayList<>();
        for (ProxyMembers proxy : cluster.proxies()) {
            proxy.unreachable()
                    .ifPresent(
                            why -> findings.add("%s is unreachable: %s".formatted(proxy.proxy(), StepText.clean(why))));
        }
        cluster.service()
                .truths()
                .findings()
                .forEach(difference -> findings.add(StepText.clean(difference.describe())));
        cluster.service().answers().stream()
                .filter(answer -> !answer.serves())
                .forEach(answer -> findings.add("%s A %s sends clients to a machine that does not serve them: it %s"
                        .formatted(file.serviceName(), answer.address(), StepText.clean(answer.says()))));
        for (NodeStatus node : cluster.nodes()) {
            finding(node, cluster).ifPresent(findings::add);
        }
        file.roles()
                .forEach((role, spec) ->
                        tooFew(file, role, spec.minimum(), cluster).ifPresent(findings::add));
        return findings;
    }

    private static Optional<String> finding(NodeStatus node, ClusterReport cluster) {
        String name = node.ref().name().value();
        if (node.state().filter(state -> state == NodeState.QUARANTINE).isPresent()) {
            return Optional.of(kept(node));
        }
        if (node.state().filter(state -> state == NodeState.IN_SERVICE).isEmpty()) {
            return Optional.empty();
        }
        if (!node.powered()) {
            return Optional.of("%s is in service but powered off: %s".formatted(name, CommandHints.retire(name)));
        }
        if (node.ref().role().facesClients()) {
            return published(node, cluster)
                    ? Optional.empty()
                    : Optional.of("%s is in service but not in DNS".formatted(name));
        }
        List<String> without = cluster.proxies().stream()
                .filter(proxy -> proxy.unreachable().isEmpty())
                .filter(proxy -> proxy.members().stream()
                        .noneMatch(member -> member.name().equals(node.ref().name())
                                && member.state() != MemberStatus.MemberState.LEFT))
                .map(proxy -> proxy.proxy().value())
                .toList();
        if (!without.isEmpty()) {
            return Optional.of("%s is in service but no member on %s".formatted(name, String.join(", ", without)));
        }
        List<String> ill = cluster.proxies().stream()
                .flatMap(proxy -> proxy.members().stream()
                        .filter(member -> member.name().equals(node.ref().name()))
                        .filter(member -> member.state() == MemberStatus.MemberState.JOINED)
                        .filter(member ->
                                List.of(member.running().split(" ")).stream().anyMatch(ILL::contains))
                        .map(member -> "%s says '%s'".formatted(proxy.proxy(), member.running())))
                .toList();
        if (!ill.isEmpty()) {
            return Optional.of("%s is in service but gets no requests: %s".formatted(name, String.join(", ", ill)));
        }
        return memberships(node, cluster).anyMatch(StatusText::ejected)
                ? Optional.of("%s is ejected; readmit it: %s".formatted(name, CommandHints.readmit(name)))
                : Optional.empty();
    }

    /** A node kept by {@code --keep-failed} has power and is destroyed by its run; a quarantined one is powered off. */
    private static String kept(NodeStatus node) {
        NodeName name = node.ref().name();
        return node.powered()
                ? "%s is kept by --keep-failed, out of traffic, and destroyed at the end: %s"
                        .formatted(
                                name,
                                CommandHints.show(WorkflowIds.keep(node.ref().cluster(), name)))
                : "%s is in quarantine and costs money until it is removed: %s"
                        .formatted(name, CommandHints.fixLeaks());
    }

    private static boolean published(NodeStatus node, ClusterReport cluster) {
        return node.node().stream()
                .anyMatch(machine -> cluster.records().atServer().contains(machine.publicAddress()));
    }

    private static Optional<String> tooFew(ClusterFile file, Role role, int minimum, ClusterReport cluster) {
        long serving = cluster.nodes().stream()
                .filter(node -> node.ref().role() == role)
                .filter(node -> node.state()
                        .filter(state -> state == NodeState.IN_SERVICE)
                        .isPresent())
                .count();
        return !cluster.nodes().isEmpty() && serving < minimum
                ? Optional.of("%s / %s has %d in service, its minimum is %d: %s"
                        .formatted(file.name(), role, serving, minimum, CommandHints.deploy(role)))
                : Optional.empty();
    }
}
