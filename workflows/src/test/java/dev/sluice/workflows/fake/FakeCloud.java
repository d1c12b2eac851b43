package dev.sluice.workflows.fake;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.activity.CloudActivities;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.activity.Activity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

final class FakeCloud implements CloudActivities {
    private static final DropletId NONE = new DropletId(1);

    private final Supplier<FakeWorld> now;

    FakeCloud(Supplier<FakeWorld> now) {
        this.now = now;
    }

    private FakeWorld world() {
        return now.get();
    }

    @Override
    public PlanFacts checkPlan(PlanQuestion question) {
        return world().calls
                .act(
                        () -> {
                            Template template = world().templates.stream()
                                    .findFirst()
                                    .orElseThrow(() -> TypedFailures.of(
                                            FailureType.TEMPLATE_REFUSED, "hello / app has no approved template"));
                            return new PlanFacts(template, world().nodes.size(), 25, 0.009, nodes());
                        },
                        new PlanFacts(TestPlans.TEMPLATE, 0, 0, 0, List.of()));
    }

    @Override
    public DropletId createDroplet(CloneOrder order) {
        return create(order.node());
    }

    @Override
    public DropletId createBase(BaseDropletOrder order) {
        return create(order.node());
    }

    private DropletId create(NodeRef ref) {
        world().asked(ref);
        return world().calls
                .act(
                        () -> {
                            NodeStatus there = world().nodes.get(ref.name());
                            if (there == null) {
                                return made(ref);
                            }
                            if (!there.ref().run().equals(ref.run())) {
                                throw TypedFailures.of(
                                        FailureType.CLOUD_REFUSED,
                                        "a droplet is already named %s and belongs to run %s"
                                                .formatted(
                                                        ref.name(), there.ref().run()));
                            }
                            return there.droplet();
                        },
                        NONE);
    }

    private DropletId made(NodeRef ref) {
        DropletId made = world().put(ref, NodeState.DEPLOYING).droplet();
        String run = Activity.getExecutionContext().getInfo().getWorkflowId();
        if (LateStep.isLate(requireNonNull(run))) {
            world().late.add(made);
        }
        return made;
    }

    @Override
    public Node awaitDroplet(CloneOrder order, DropletId droplet) {
        Node nothing = LostAnswers.nothing(order.node());
        return world().calls
                .act(
                        () -> Optional.ofNullable(world().nodes.get(order.node().name()))
                                .flatMap(NodeStatus::node)
                                .orElseThrow(() -> TypedFailures.of(
                                        FailureType.CLOUD_REFUSED,
                                        "there is no droplet %s of %s"
                                                .formatted(droplet, order.node().name()))),
                        nothing);
    }

    @Override
    public void markNode(NodeRef node, NodeState state, @Nullable NodeState from) {
        act(() -> {
            NodeStatus there = world().nodes.get(node.name());
            if (there == null) {
                throw TypedFailures.of(
                        FailureType.CLOUD_REFUSED, node.name() + " cannot be marked: there is no droplet");
            }
            boolean another = there.state()
                    .filter(now -> from == null ? state.isBehind(now) : now != from && now != state)
                    .isPresent();
            if (another) {
                throw TypedFailures.of(
                        FailureType.CLOUD_REFUSED,
                        "%s is %s meanwhile"
                                .formatted(node.name(), there.state().get().word()));
            }
            world().tag(node.name(), state, true);
        });
    }

    @Override
    public void markConfig(ClusterName cluster, Role role, Sha256Digest config) {
        act(() -> List.copyOf(world().nodes.values()).stream()
                .filter(status -> status.ref().role() == role)
                .forEach(status -> world().withConfig(
                                status.ref().name().value(), config.value().substring(0, 16))));
    }

    @Override
    public List<DropletId> destroyDroplet(NodeRef node, @Nullable DropletId only) {
        return world().calls.act(() -> destroyed(node, only), List.of());
    }

    private List<DropletId> destroyed(NodeRef node, @Nullable DropletId only) {
        List<NodeStatus> found = nodes().stream()
                .filter(status -> status.ref().equals(node))
                .filter(status -> only == null || status.droplet().equals(only))
                .toList();
        found.forEach(status -> requireOutOf(status, Set.of(NodeState.READY, NodeState.IN_SERVICE)));
        for (NodeStatus status : found) {
            if (world().doubles.remove(status.droplet()) == null) {
                world().nodes.remove(node.name());
                world().members.remove(node.name());
            }
        }
        return found.stream().map(NodeStatus::droplet).toList();
    }

    private static void requireOutOf(NodeStatus status, Set<NodeState> states) {
        if (status.state().filter(states::contains).isPresent()) {
            throw TypedFailures.of(
                    FailureType.CLOUD_REFUSED,
                    "%s is %s"
                            .formatted(status.ref().name(), status.state().get().word()));
        }
    }

    @Override
    public void quarantineNode(NodeRef node) {
        act(() -> {
            Optional.ofNullable(world().nodes.get(node.name()))
                    .ifPresent(status -> requireOutOf(status, Set.of(NodeState.IN_SERVICE)));
            world().tag(node.name(), NodeState.QUARANTINE, false);
        });
    }

    @Override
    public List<NodeStatus> listNodes(ClusterName cluster, boolean lately) {
        return world().calls.act(this::nodes, List.of());
    }

    private List<NodeStatus> nodes() {
        return world().nodes();
    }

    @Override
    public List<Template> listTemplates(ClusterName cluster) {
        return world().calls.act(() -> List.copyOf(world().templates), List.of());
    }

    @Override
    public Template approveTemplate(ClusterName cluster, long image, Approval approval) {
        return world().calls.act(() -> approved(image, approval), TestPlans.TEMPLATE);
    }

    private Template approved(long image, Approval approval) {
        Template found = world().templates.stream()
                .filter(template -> template.image() == image)
                .findFirst()
                .orElseThrow(() -> TypedFailures.of(FailureType.TEMPLATE_REFUSED, "hello has no image " + image));
        Template after = new Template(
                found.image(),
                found.name(),
                found.cluster(),
                found.role(),
                found.manifest(),
                found.approval().or(() -> Optional.of(approval)),
                found.created(),
                found.minimumDisk(),
                found.regions());
        world().templates.set(world().templates.indexOf(found), after);
        return after;
    }

    @Override
    public Template snapshotNode(SnapshotOrder order) {
        return world().calls
                .act(
                        () -> {
                            if (world().templates.stream()
                                    .noneMatch(made -> made.name().equals(order.name()))) {
                                world().templates
                                        .add(new Template(
                                                8,
                                                order.name(),
                                                TestPlans.HELLO,
                                                Role.APP,
                                                order.manifest(),
                                                Optional.empty(),
                                                Instant.EPOCH,
                                                25,
                                                List.of("fra1")));
                            }
                            return world().templates.get(world().templates.size() - 1);
                        },
                        TestPlans.TEMPLATE);
    }

    @Override
    public List<TaggedResource> listTagged() {
        return world().calls
                .act(
                        () -> {
                            List<TaggedResource> tagged = new ArrayList<>();
                            nodes().forEach(status -> tagged.add(new TaggedResource(
                                    TaggedResource.TaggedKind.DROPLET,
                                    status.droplet().toString(),
                                    status.ref().name().value(),
                                    Optional.of(TestPlans.HELLO),
                                    status.state(),
                                    Optional.of(status.ref().run()),
                                    status.since())));
                            tagged.addAll(world().firewallEntries);
                            world().runTags.forEach(tag -> tagged.add(tag(tag)));
                            return List.copyOf(tagged);
                        },
                        List.of());
    }

    private static TaggedResource tag(String tag) {
        Optional<String> run =
                Optional.of(tag).filter(text -> text.startsWith("run:")).map(text -> text.substring("run:".length()));
        return new TaggedResource(
                run.isPresent() ? TaggedResource.TaggedKind.RUN_TAG : TaggedResource.TaggedKind.EMPTY_TAG,
                tag,
                tag,
                Optional.empty(),
                Optional.empty(),
                run,
                Instant.EPOCH);
    }

    @Override
    public void deleteTag(String tag) {
        act(() -> world().runTags.remove(tag));
    }

    private void act(Runnable effect) {
        world().calls
                .act(
                        () -> {
                            effect.run();
                            return "";
                        },
                        "");
    }
}
