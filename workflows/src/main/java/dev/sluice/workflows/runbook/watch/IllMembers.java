package dev.sluice.workflows.runbook.watch;

import dev.sluice.workflows.activity.WatchActivities.PinnedAnswer;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which members in service do not serve, and why. Clients' requests decide, and what the node says of its own processes. That
 * the worker cannot reach a node says nothing against it.
 */
final class IllMembers {
    /** The checks of the gate that say whether a node serves; the others are told and eject nobody. */
    private static final Set<String> SERVING = Set.of("processes", "ports", "http", "health");

    private final Map<NodeName, String> ill = new TreeMap<>();
    private final int members;

    private IllMembers(ClusterView view) {
        List<NodeName> inService = view.nodes().stream()
                .filter(status -> status.ref().role().isMember() && status.isIn(NodeState.IN_SERVICE))
                .map(NodeStatus::ref)
                .map(ref -> ref.name())
                .toList();
        members = inService.size();
        inService.forEach(name -> why(view, name).ifPresent(words -> ill.put(name, words)));
    }

    static IllMembers of(ClusterView view) {
        return new IllMembers(view);
    }

    Map<NodeName, String> byName() {
        return Map.copyOf(ill);
    }

    static boolean tellsWhetherItServes(String check) {
        return SERVING.contains(check);
    }

    /** Whether so many are ill that the cause is likely not theirs: then nobody is ejected. */
    boolean areMany() {
        return ill.size() > 1 && 2 * ill.size() >= members;
    }

    String describe() {
        return "%d of %d members are ill".formatted(ill.size(), members);
    }

    private static Optional<String> why(ClusterView view, NodeName name) {
        List<PinnedAnswer> asked = view.pinnedTo(name);
        List<PinnedAnswer> bad =
                asked.stream().filter(answer -> !answer.answersWell()).toList();
        if (!asked.isEmpty() && bad.size() == asked.size()) {
            return Optional.of(bad.stream().map(PinnedAnswer::describe).collect(Collectors.joining("; ")));
        }
        return view.look(name)
                .map(look -> look.results().stream()
                        .filter(result -> result.status() == CheckStatus.CRITICAL)
                        .filter(result -> tellsWhetherItServes(result.check()))
                        .map(IllMembers::words)
                        .collect(Collectors.joining("; ")))
                .filter(words -> !words.isEmpty());
    }

    private static String words(CheckResult result) {
        return "%s: %s".formatted(result.check(), result.says());
    }
}
