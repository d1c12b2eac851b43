package dev.sluice.workflows.walk;

import dev.sluice.workflows.activity.MembershipActivities.MemberStatus.MemberState;
import dev.sluice.workflows.fake.ActivityJournal.CallEffect;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Invariants that hold after every effect of every step. */
final class ClusterInvariants {
    private static final Set<String> CREATES = Set.of("Cloud.CreateDroplet");
    private static final Set<String> BEFORE_MEMBERSHIP = Set.of("Membership.Join", "Membership.Adopt");

    private static final Set<String> OUT_OF_TRAFFIC = Set.of("Membership.Leave", "Membership.Eject", "Dns.Withdraw");
    private static final String MEMBER_OF = "a member of ";

    private final WalkPlan plan;
    private final FakeWorld world;
    private final List<String> violations = new ArrayList<>();
    private final Set<WalkMove> approved = new HashSet<>();
    private final Map<NodeName, WalkMove.DeployMove> deploys = new HashMap<>();
    private final List<String> journal = new ArrayList<>();
    private Map<NodeName, Set<NodeName>> servingBefore = new LinkedHashMap<>();
    private Map<NodeName, Set<String>> serviceBefore;
    /** The nodes in service at the beginning of each execution. */
    private final Map<String, Set<NodeName>> beginnings = new HashMap<>();

    private final Map<String, String> publishers = new HashMap<>();
    private Set<String> publishedBefore;
    private Set<NodeName> nodesBefore;

    ClusterInvariants(WalkPlan plan, FakeWorld world) {
        this.plan = plan;
        this.world = world;
        this.publishedBefore = Set.copyOf(world.published());
        this.nodesBefore = names();
        servingBefore = serving();
        serviceBefore = service();
        plan.moves().forEach(timed -> {
            if (timed.move() instanceof WalkMove.DeployMove deploy) {
                deploy.nodes().forEach(node -> deploys.put(node, deploy));
            }
        });
    }

    synchronized void approved(WalkMove.DeployMove deploy) {
        approved.add(deploy);
    }

    /** The lock refused the change: none of its nodes may appear. */
    synchronized void refused(WalkMove move) {
        if (move instanceof WalkMove.DeployMove deploy) {
            deploy.nodes().forEach(deploys::remove);
        }
    }

    /** Something that happened beside the steps. */
    synchronized void noted(String sentence) {
        journal.add("-- " + sentence);
    }

    synchronized void violated(String sentence) {
        violations.add(sentence);
    }

    /** Fails if anything was violated. */
    synchronized void none() {
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("\n", violations));
        }
    }

    synchronized String told() {
        return String.join("\n", journal);
    }

    synchronized void after(CallEffect effect) {
        journal.add("%s of %s".formatted(effect.call(), effect.workflowId()));
        takesBackOnlyItsOwn(effect);
        Set<NodeName> nodes = names();
        Map<NodeName, Set<NodeName>> serving = serving();
        Set<String> published = Set.copyOf(world.published());
        published.stream()
                .filter(name -> !publishedBefore.contains(name))
                .forEach(name -> publishers.put(name, effect.workflowId()));
        onlyGatedMembers(effect);
        neverBelowTheMinimum(effect, serving, published);
        neverMoreThanPlanned(effect, nodes);
        onlyApproved(effect);
        outOfTrafficFirst(effect, nodes);
        nodesBefore = nodes;
        servingBefore = serving;
        publishedBefore = published;
    }

    /** A node that was in service before this execution began, or before a late step, leaves only by its own retirement. */
    private void takesBackOnlyItsOwn(CallEffect effect) {
        Map<NodeName, Set<String>> service = service();
        Set<String> published = Set.copyOf(world.published());
        Set<NodeName> before = beginnings.computeIfAbsent(effect.run(), run -> Set.copyOf(serviceBefore.keySet()));
        serviceBefore.forEach((node, places) -> {
            Set<String> lost = new HashSet<>(places);
            lost.removeAll(service.getOrDefault(node, Set.of()));
            // A member of a proxy without clients serves nobody there.
            lost.removeIf(
                    place -> place.startsWith(MEMBER_OF) && !published.contains(place.substring(MEMBER_OF.length())));
            if (before.contains(node) && !lost.isEmpty() && !mayTake(effect, node)) {
                violated("after %s: %s was in service before this execution began and is no longer %s"
                        .formatted(effect, node, lost));
            }
        });
        serviceBefore = service;
    }

    /** A late step of the node's own refused retirement may, never below the minimum (docs/limits.md). */
    private static boolean mayTake(CallEffect effect, NodeName node) {
        Set<String> takers = effect.isLate() ? OUT_OF_TRAFFIC : Set.of("RetireNode", "EjectNode");
        return effect.workflowId().endsWith("/" + node) && takers.contains(effect.workflowType());
    }

    /** Where each node that is marked in service serves. */
    private Map<NodeName, Set<String>> service() {
        Map<NodeName, Set<String>> service = new HashMap<>();
        Set<String> published = Set.copyOf(world.published());
        Map<NodeName, Map<NodeName, MemberState>> members = world.membersOfEveryProxy();
        world.nodes().stream()
                .filter(status -> status.isIn(NodeState.IN_SERVICE))
                .map(status -> status.ref().name())
                .forEach(name -> {
                    Set<String> places = new HashSet<>(Set.of("in service"));
                    if (published.contains(name.value())) {
                        places.add("published");
                    }
                    members.forEach((proxy, list) -> {
                        if (list.get(name) == MemberState.JOINED && published.contains(proxy.value())) {
                            places.add(MEMBER_OF + proxy);
                        }
                    });
                    service.put(name, places);
                });
        return service;
    }

    private void onlyGatedMembers(CallEffect effect) {
        world.membersOfEveryProxy()
                .forEach((proxy, members) -> members.forEach((member, state) -> {
                    if (!plan.apps().contains(member) && !world.hasPassed(member)) {
                        violated("after %s: %s takes %s, which never passed the gate".formatted(effect, proxy, member));
                    }
                }));
    }

    /** A run that rolls back its own node is exempt. */
    private void neverBelowTheMinimum(CallEffect effect, Map<NodeName, Set<NodeName>> serving, Set<String> published) {
        serving.forEach((proxy, now) -> {
            Set<NodeName> gone = new HashSet<>(servingBefore.getOrDefault(proxy, Set.of()));
            gone.removeAll(now);
            if (now.isEmpty() && gone.stream().anyMatch(plan.apps()::contains)) {
                violated("after %s: %s serves nobody, %s is gone".formatted(effect, proxy, gone));
            }
        });
        boolean someRecordWas = publishedBefore.stream()
                .filter(name -> !effect.workflowId().equals(publishers.get(name)))
                .anyMatch(name -> plan.proxies().contains(new NodeName(name)));
        if (published.isEmpty() && someRecordWas) {
            violated("after %s: no proxy is published, %s was".formatted(effect, publishedBefore));
        }
    }

    private void neverMoreThanPlanned(CallEffect effect, Set<NodeName> nodes) {
        Set<NodeName> more = new HashSet<>(nodes);
        more.removeAll(plan.apps());
        more.removeAll(plan.proxies());
        more.removeAll(deploys.keySet());
        if (!more.isEmpty()) {
            violated("after %s: nobody planned %s".formatted(effect, more));
        }
    }

    private void onlyApproved(CallEffect effect) {
        NodeName node = new NodeName(effect.workflowId().replaceAll("^.*/", ""));
        WalkMove.DeployMove deploy = deploys.get(node);
        if (deploy == null || deploy.person() == WalkMove.ApproverReaction.NOBODY || approved.contains(deploy)) {
            return;
        }
        Set<String> forbidden = deploy.person().afterGate() ? BEFORE_MEMBERSHIP : CREATES;
        if (forbidden.contains(effect.call().activity())) {
            violated("%s without an approval: %s".formatted(effect, deploy));
        }
    }

    /**
     * A droplet is destroyed only when no record and no proxy lists it. A record that another node's run published
     * meanwhile is withdrawn by that run and judged at the end.
     */
    private void outOfTrafficFirst(CallEffect effect, Set<NodeName> nodes) {
        Set<NodeName> gone = new HashSet<>(nodesBefore);
        gone.removeAll(nodes);
        Map<NodeName, Map<NodeName, MemberState>> members = world.membersOfEveryProxy();
        for (NodeName name : gone) {
            boolean own = publishers.getOrDefault(name.value(), name.value()).endsWith(name.value());
            if (own && publishedBefore.contains(name.value())) {
                violated("after %s: %s is gone, its record was not".formatted(effect, name));
            }
            members.forEach((proxy, list) -> {
                if (list.containsKey(name)) {
                    violated("after %s: %s is gone, %s still has it".formatted(effect, name, proxy));
                }
            });
        }
    }

    private Set<NodeName> names() {
        return world.nodes().stream()
                .map(NodeStatus::ref)
                .map(ref -> ref.name())
                .collect(Collectors.toSet());
    }

    private Map<NodeName, Set<NodeName>> serving() {
        Map<NodeName, Set<NodeName>> serving = new LinkedHashMap<>();
        world.membersOfEveryProxy().forEach((proxy, members) -> {
            if (world.published().contains(proxy.value())) {
                serving.put(
                        proxy,
                        members.entrySet().stream()
                                .filter(entry -> entry.getValue() == MemberState.JOINED)
                                .map(Map.Entry::getKey)
                                .collect(Collectors.toSet()));
            }
        });
        return serving;
    }
}
