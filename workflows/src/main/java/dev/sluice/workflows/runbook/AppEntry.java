package dev.sluice.workflows.runbook;

import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.MembershipActivities;
import dev.sluice.workflows.activity.MembershipActivities.LeaveOrder;
import dev.sluice.workflows.activity.MembershipActivities.MembershipReport;
import dev.sluice.workflows.activity.MembershipActivities.Untouched;
import dev.sluice.workflows.activity.ProxyActivities.ProbationOrder;
import dev.sluice.workflows.activity.ProxyActivities.ProbationReport;
import dev.sluice.workflows.activity.ProxyActivities.ReloadOrder;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.Step;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.stream.Stream;

/** An app server's way into service: a member of every proxy, first for pinned requests only, then for all. */
final class AppEntry implements Entry {
    private final NodeRun run;
    private final Machine machine;
    private final Patience patience;
    private final Progress progress;
    private final Room room;
    private boolean othersMayWait = true;
    /** Proxies that a failed join provably did not write to: they need no leave. */
    private List<NodeName> untouched = List.of();

    AppEntry(NodeRun run, Machine machine) {
        this.run = run;
        this.machine = machine;
        this.patience = run.patience();
        this.progress = run.progress();
        this.room = new Room(run);
    }

    @Override
    public void whileItBoots(NodeName node) {
        room.begin(node);
    }

    @Override
    public void prepare(Node node) {
        room.await();
        run.undo()
                .with(
                        Step.JOIN_CLUSTER,
                        "%s in a proxy's list of members".formatted(node.name()),
                        () -> membership("take back: join cluster", patience.takeBack())
                                .leave(new LeaveOrder(run.file().name(), run.member(node), neverWrittenTo(), 0, true))
                                .says());
        run.undo().with(Step.JOIN_CLUSTER, "%s tagged ready".formatted(node.name()), this::isTakenInByNobodyAnyMore);
    }

    /** Before it leaves: a proxy that becomes ready between the leave and the end of the machine takes ready nodes in. */
    private String isTakenInByNobodyAnyMore() {
        if (Workflow.getVersion("leaving-first", Workflow.DEFAULT_VERSION, 1) > Workflow.DEFAULT_VERSION) {
            machine.markLeaving();
        }
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
        progress.done(joined.says());

        progress.notNeeded(Step.UPDATE_DNS, "app servers are not in DNS");

        progress.begin(Step.RELOAD_PROXY, names(joined.proxies()));
        progress.done(room.made() + reload(joined.proxies()));

        progress.begin(Step.PROBATION, "pinned requests to %s".formatted(node.name()));
        ProbationReport seen = probe(node, joined.proxies());
        open(node);
        progress.done(seen.says() + "; now open to all");
        return true;
    }

    private String reload(List<NodeName> proxies) {
        return Reach.proxy(patience.steady(), names(proxies))
                .reload(new ReloadOrder(run.file().name(), proxies, run.withoutProxies(), true))
                .says();
    }

    private MembershipReport join(Node node) {
        try {
            return membership("%s on every proxy".formatted(node.name())).join(run.memberOrder(node));
        } catch (ActivityFailure failure) {
            untouched = Failures.in(failure)
                    .filter(typed -> typed.getDetails().getSize() > 0)
                    .map(typed -> typed.getDetails().get(Untouched.class).proxies())
                    .orElse(List.of());
            throw failure;
        }
    }

    /** A proxy may become ready between the first opening and the tag: it is opened there by the second. */
    private void open(Node node) {
        membership("open %s to all".formatted(node.name())).open(run.memberOrder(node), false);
        machine.mark(NodeState.IN_SERVICE);
        MembershipReport opened =
                membership("open %s to all, once more".formatted(node.name())).open(run.memberOrder(node), true);
        othersMayWait = opened.waiting().map(names -> !names.isEmpty()).orElse(true);
    }

    @Override
    public boolean othersMayWait() {
        return othersMayWait;
    }

    private ProbationReport probe(Node node, List<NodeName> proxies) {
        return Reach.proxy(patience.lengthy(), "%s through %s".formatted(node.name(), names(proxies)))
                .probe(new ProbationOrder(
                        run.file().name(),
                        proxies,
                        List.of(node.name()),
                        run.withoutProxies(),
                        run.file().serviceName(),
                        "/",
                        run.file().role(Role.APP).probation()));
    }

    private boolean staysReady() {
        progress.done("there is no proxy yet: ready, not in service");
        progress.notNeeded(Step.UPDATE_DNS, "app servers are not in DNS");
        progress.notNeeded(Step.RELOAD_PROXY, "no proxy yet");
        progress.notNeeded(Step.PROBATION, "no proxy yet: the first one proves this member");
        return false;
    }

    private MembershipActivities membership(String summary) {
        return membership(summary, patience.steady());
    }

    private static MembershipActivities membership(String summary, Patience.Limits limits) {
        return Reach.membership(limits, summary);
    }

    private static String names(List<NodeName> proxies) {
        return String.join(", ", proxies.stream().map(NodeName::value).toList());
    }
}
