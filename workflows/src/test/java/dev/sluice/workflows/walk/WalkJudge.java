package dev.sluice.workflows.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.FindLeaks.LeakPlan;
import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus.MemberState;
import dev.sluice.workflows.fake.CloudBackend;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.walk.WalkRunner.StartedChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges the world after a walk: every report's sentence is true, and orphaned resources are found and removed. */
final class WalkJudge {
    private static final Set<NodeState> LASTING = Set.of(NodeState.READY, NodeState.IN_SERVICE);

    private final WalkPlan plan;
    private final CloudBackend backend;
    private final FakeWorld world;
    private final TestTemporal temporal;

    WalkJudge(WalkPlan plan, CloudBackend backend, FakeWorld world, TestTemporal temporal) {
        this.plan = plan;
        this.backend = backend;
        this.world = world;
        this.temporal = temporal;
    }

    void judge(List<StartedChange> changes) {
        for (StartedChange change : changes) {
            judge(change, retiredLater(changes, change), leftBefore(changes, change));
        }
        assertThat(world.published()).as("records").doesNotContain("of nobody");
        if (changes.stream().noneMatch(WalkJudge::leavesSomething) && !plan.hasDoubles()) {
            assertThat(backend.leftovers()).as("what no sentence names").isEmpty();
        }
        world.heals();
        plan.proxies().forEach(proxy -> world.comesBack(proxy.value()));
        nothingIsLeftUnseen();
    }

    private static boolean leavesSomething(StartedChange change) {
        return change.report().nodes().stream().anyMatch(node -> node.outcome() == RunOutcome.NOT_RESTORED);
    }

    /** Excludes nodes that a later change retired. */
    private static boolean retiredLater(List<StartedChange> changes, StartedChange change) {
        return changes.subList(changes.indexOf(change) + 1, changes.size()).stream()
                .anyMatch(later -> later.move().equals(change.move()));
    }

    /** Nodes that an earlier change left half done, so that "as before" includes them. */
    private static Set<NodeName> leftBefore(List<StartedChange> changes, StartedChange change) {
        return changes.subList(0, changes.indexOf(change)).stream()
                .flatMap(earlier -> earlier.report().nodes().stream())
                .filter(node -> node.outcome() == RunOutcome.NOT_RESTORED)
                .map(NodeReport::name)
                .collect(Collectors.toSet());
    }

    private void judge(StartedChange change, boolean again, Set<NodeName> leftBefore) {
        ChangeReport report = change.report();
        assertThat(report.outcome())
                .as("%s: %s", change.move(), report.sentence())
                .isNotEqualTo(RunOutcome.RUNNING);
        if (!again && !change.repeated()) {
            report.nodes().forEach(node -> judge(change.move(), node, leftBefore));
        }
        if (!again
                && !change.repeated()
                && change.move() instanceof WalkMove.DeployMove deploy
                && report.nodes().isEmpty()) {
            deploy.nodes()
                    .forEach(
                            node -> assertThat(find(node)).as(report.sentence()).isEmpty());
        }
    }

    private void judge(WalkMove move, NodeReport node, Set<NodeName> leftBefore) {
        boolean deployed = move instanceof WalkMove.DeployMove;
        switch (node.outcome()) {
            case DONE -> {
                if (deployed) {
                    isThere(node);
                } else {
                    isGone(node);
                }
            }
            case RESTORED, REJECTED, REFUSED -> {
                if (deployed) {
                    isGone(node);
                } else {
                    assertThat(state(node.name()))
                            .as(node.sentence())
                            .isPresent()
                            .get()
                            .isIn(leftBefore.contains(node.name()) ? Set.of(NodeState.LEAVING) : LASTING);
                }
            }
            case NOT_RESTORED ->
                assertThat(node.sentence())
                        .contains("Left behind")
                        .contains(node.name().value());
            case RUNNING -> throw new AssertionError("%s: %s".formatted(move, node));
        }
    }

    private void isThere(NodeReport node) {
        NodeStatus status = find(node.name()).orElseThrow(() -> new AssertionError(node.sentence()));
        assertThat(status.state()).as(node.sentence()).isPresent().get().isIn(LASTING);
        if (!status.state().equals(Optional.of(NodeState.IN_SERVICE))) {
            assertThat(node.sentence()).contains("ready, not in service");
            return;
        }
        if (status.ref().role() == Role.PROXY) {
            assertThat(world.published())
                    .as(node.sentence())
                    .contains(node.name().value());
            return;
        }
        publishedMembers()
                .forEach((proxy, members) -> assertThat(members)
                        .as("members of %s after: %s", proxy, node.sentence())
                        .containsEntry(node.name(), MemberState.JOINED));
    }

    private void isGone(NodeReport node) {
        assertThat(find(node.name())).as(node.sentence()).isEmpty();
        assertThat(world.published())
                .as(node.sentence())
                .doesNotContain(node.name().value());
        world.membersOfEveryProxy()
                .forEach((proxy, members) ->
                        assertThat(members).as("members of %s", proxy).doesNotContainKey(node.name()));
    }

    private Map<NodeName, Map<NodeName, MemberState>> publishedMembers() {
        Map<NodeName, Map<NodeName, MemberState>> members = world.membersOfEveryProxy();
        members.keySet().removeIf(proxy -> !world.published().contains(proxy.value()));
        return members;
    }

    private Optional<NodeStatus> find(NodeName name) {
        return world.nodes().stream()
                .filter(status -> status.ref().name().equals(name) && !world.isLate(status))
                .findFirst();
    }

    private Optional<NodeState> state(NodeName name) {
        return find(name).flatMap(NodeStatus::state);
    }

    private void nothingIsLeftUnseen() {
        List<NodeName> left = left();
        if (left.isEmpty()) {
            return;
        }
        String found = leaks(false).leaks().toString();
        left.forEach(
                name -> assertThat(found).containsAnyOf("(%s)".formatted(name), "(a double of %s,".formatted(name)));
        String fixed = leaks(true).leaks().toString();
        assertThat(left()).as("what leaks --fix leaves: %s", fixed).allMatch(name -> isLast(name, fixed));
    }

    /** A node marked leaving that is the last one in traffic stays: the guard counts it. */
    private boolean isLast(NodeName name, String fixed) {
        return state(name).equals(Optional.of(NodeState.LEAVING))
                && (fixed.contains("healthy members would remain") || fixed.contains("proxies would serve clients"));
    }

    private List<NodeName> left() {
        return world.nodes().stream()
                .filter(status -> status.state().filter(LASTING::contains).isEmpty())
                .map(status -> status.ref().name())
                .toList();
    }

    private LeakReport leaks(boolean fix) {
        return temporal.stub(FindLeaks.class, "leaks/hello")
                .run(new LeakPlan(TestPlans.FILE, fix, false, "ana", "after the walk"));
    }
}
