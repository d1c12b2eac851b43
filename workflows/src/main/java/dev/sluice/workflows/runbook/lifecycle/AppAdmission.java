package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.activity.MembershipActivities;
import dev.sluice.workflows.activity.MembershipActivities.LeaveOrder;
import dev.sluice.workflows.activity.MembershipActivities.MembershipReport;
import dev.sluice.workflows.activity.MembershipActivities.UntouchedProxies;
import dev.sluice.workflows.activity.ProxyActivities.ProbationOrder;
import dev.sluice.workflows.activity.ProxyActivities.ProbationReport;
import dev.sluice.workflows.activity.ProxyActivities.ReloadOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.node.NodeDroplet;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.StepProgress;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import java.util.List;
import java.util.stream.Stream;

/** Puts an app server into service: a member of every proxy, first for pinned requests only, then for all. */
final class AppAdmission implements TrafficAdmission {
    private final NodeContext run;
    private final NodeDroplet droplet;
    private final Patience patience;
    private final StepProgress progress;
    private final BalancerSlots room;
    private boolean othersMayWait = true;
    /** Whether the node was opened to all requests, or may have been. */
    private boolean opened;
    /** Proxies that a failed join never wrote to: they need no leave. */
    private List<NodeName> untouched = List.of();

    AppAdmission(NodeContext run, NodeDroplet droplet) {
        this.run = run;
        this.droplet = droplet;
        this.patience = run.patience();
        this.progress = run.progress();
        this.room = new BalancerSlots(run);
    }

    @Override
    public void startDuringBoot(NodeName node) {
        room.start(node);
    }

    @Override
    public void prepare(Node node) {
        room.await();
        run.undo().add(Step.JOIN_CLUSTER, "%s in a proxy's list of members".formatted(node.name()), () -> leave(node));
        run.undo().add(Step.JOIN_CLUSTER, "%s tagged ready".formatted(node.name()), this::markLeavingBeforeDestroy);
    }

    /** Once the node was open to all, the guard counts it as any other: the others may have left meanwhile. */
    private String leave(Node node) {
        LeaveOrder order = new LeaveOrder(
                run.file().name(),
                run.member(node),
                neverWrittenTo(),
                opened ? run.file().role(node.role()).minimum() : 0,
                !opened,
                run.takeBackDrain(node.role()));
        try {
            return membership("roll back: join cluster", patience.rollback())
                    .leave(order)
                    .says();
        } catch (TemporalFailure failure) {
            droplet.stayInServiceIfGuarded(failure, NodeState.LEAVING);
            throw failure;
        }
    }

    /** Marks the node leaving before its leave, since a proxy that becomes ready adopts ready nodes. */
    private String markLeavingBeforeDestroy() {
        droplet.markLeaving();
        return "";
    }

    private List<NodeName> neverWrittenTo() {
        return Stream.concat(run.withoutProxies().stream(), untouched.stream())
                .distinct()
                .toList();
    }

    @Override
    public boolean enter(Node node) {
        progress.begin(Step.JOIN_CLUSTER, "on every proxy, for pinned requests only");
        MembershipReport joined = join(node);
        if (joined.proxies().isEmpty()) {
            return staysReady();
        }
        progress.complete(joined.says());

        progress.skip(Step.UPDATE_DNS, "app servers are not in DNS");

        progress.begin(Step.RELOAD_PROXY, names(joined.proxies()));
        progress.complete(room.summary() + reload(joined.proxies()));

        progress.begin(Step.PROBATION, "pinned requests to %s".formatted(node.name()));
        ProbationReport seen = probe(node, joined.proxies());
        open(node);
        progress.complete(seen.says() + "; now open to all");
        return true;
    }

    private String reload(List<NodeName> proxies) {
        return ActivityStubs.proxy(patience.heartbeating(), names(proxies))
                .reload(new ReloadOrder(run.file().name(), proxies, run.withoutProxies(), true))
                .says();
    }

    private MembershipReport join(Node node) {
        try {
            return membership("%s on every proxy".formatted(node.name())).join(run.memberOrder(node));
        } catch (ActivityFailure failure) {
            untouched = TypedFailures.findTyped(failure)
                    .filter(typed -> typed.getDetails().getSize() > 0)
                    .map(typed -> typed.getDetails().get(UntouchedProxies.class).proxies())
                    .orElse(List.of());
            throw failure;
        }
    }

    /** Opens the node twice: a proxy may become ready between the first opening and the tag. */
    private void open(Node node) {
        opened = true;
        membership("open %s to all".formatted(node.name())).open(run.memberOrder(node), false);
        droplet.mark(NodeState.IN_SERVICE);
        MembershipReport opened =
                membership("open %s to all, once more".formatted(node.name())).open(run.memberOrder(node), true);
        othersMayWait = opened.waiting().map(names -> !names.isEmpty()).orElse(true);
    }

    @Override
    public boolean mayHaveUnpublishedProxies() {
        return othersMayWait;
    }

    private ProbationReport probe(Node node, List<NodeName> proxies) {
        return ActivityStubs.proxy(patience.longRunning(), "%s through %s".formatted(node.name(), names(proxies)))
                .probe(new ProbationOrder(
                        run.file().name(),
                        proxies,
                        List.of(node.name()),
                        run.withoutProxies(),
                        run.file().role(node.role()).health().host(),
                        run.file().role(node.role()).health().page(),
                        run.file().role(node.role()).probation(),
                        patience.gateTimeout()));
    }

    private boolean staysReady() {
        progress.complete("there is no proxy yet: ready, not in service");
        progress.skip(Step.UPDATE_DNS, "app servers are not in DNS");
        progress.skip(Step.RELOAD_PROXY, "no proxy yet");
        progress.skip(Step.PROBATION, "no proxy yet: the first proxy probes this member");
        return false;
    }

    private MembershipActivities membership(String summary) {
        return membership(summary, patience.heartbeating());
    }

    private static MembershipActivities membership(String summary, Patience.ActivityLimits limits) {
        return ActivityStubs.membership(limits, summary);
    }

    private static String names(List<NodeName> proxies) {
        return String.join(", ", proxies.stream().map(NodeName::value).toList());
    }
}
