package dev.sluice.workflows.runbook.watch;

import dev.sluice.workflows.CheckCluster;
import dev.sluice.workflows.activity.NodeActivities.HealthRequest;
import dev.sluice.workflows.activity.TruthActivities.VisitOrder;
import dev.sluice.workflows.activity.WatchActivities;
import dev.sluice.workflows.activity.WatchActivities.NodeLook;
import dev.sluice.workflows.activity.WatchActivities.NodeLookOrder;
import dev.sluice.workflows.activity.WatchActivities.ServiceLook;
import dev.sluice.workflows.activity.WatchActivities.ServiceLookOrder;
import dev.sluice.workflows.model.check.CheckFinding;
import dev.sluice.workflows.model.check.CheckSettings;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.NodeFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.RoleSpec;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.lifecycle.FirstBootStep;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Notifier;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.watch.PreviousCheck.News;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions.Func;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** See docs/runbooks/check-cluster.md. The run ends normally, so that the next one receives what it found. */
public final class CheckClusterRunbook implements CheckCluster {
    /** Nodes of one activity: large, since each activity costs a history six events; small enough for one worker. */
    private static final int BATCH = 50;

    /** A report is kept in the history and given to the next run. */
    private static final int MOST_FINDINGS = 200;

    private static final int MOST_LINES = 50;
    private static final Set<NodeState> CHECKED = Set.of(NodeState.READY, NodeState.IN_SERVICE);

    private final Patience patience;
    private final List<CheckFinding> unasked = new ArrayList<>();

    public CheckClusterRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public CheckReport run(CheckPlan plan) {
        ClusterFile file = plan.file();
        CheckSettings settings = file.check().orElse(CheckSettings.STANDARD);
        Instant now = StepProgress.now();
        PreviousCheck before = PreviousCheck.of(Workflow.getLastCompletionResult(CheckReport.class));
        ClusterView view = look(plan, now);
        IllMembers ill = IllMembers.of(view);
        List<CheckFinding> found = new ArrayList<>(unasked);
        found.addAll(ClusterJudge.judge(file, view, ill, now));
        List<CheckFinding> worstFirst = CheckMarkdown.worstFirst(before.withStrikes(found));
        List<String> notes = new ArrayList<>();
        List<String> done = new ArrayList<>();
        if (plan.act()) {
            Ejections ejections = new Ejections(file, settings, patience, view, ill);
            ejections.eject(worstFirst);
            done.addAll(ejections.done());
            notes.addAll(ejections.notes());
        }
        List<ToldFinding> told =
                plan.act() ? tell(file, settings, before, worstFirst, done, notes, now) : before.told();
        List<CheckFinding> kept = worstFirst.stream().limit(MOST_FINDINGS).toList();
        if (kept.size() < worstFirst.size()) {
            notes.add("%d more findings are not listed".formatted(worstFirst.size() - kept.size()));
        }
        Workflow.setCurrentDetails(CheckMarkdown.render(view.looks().size(), kept, done, notes));
        return new CheckReport(now, view.looks().size(), kept, told, done, notes);
    }

    private ClusterView look(CheckPlan plan, Instant now) {
        ClusterFile file = plan.file();
        Promise<Optional<ServiceLook>> service = part(
                now,
                "service",
                () -> ActivityStubs.watch(patience.quickCheck(), "proxies, members and published addresses")
                        .lookAtService(serviceOrder(file)));
        List<NodeStatus> nodes = part(
                        now,
                        "nodes",
                        () -> ActivityStubs.listNodes(patience.quickCheck(), "nodes of " + file.name(), file.name()))
                .get()
                .orElse(List.of());
        List<Promise<Optional<List<NodeLook>>>> asked = new ArrayList<>();
        for (Role role : Role.values()) {
            List<Node> checked = nodes.stream()
                    .filter(status ->
                            status.ref().role() == role && file.roles().containsKey(role))
                    .filter(status -> status.state().filter(CHECKED::contains).isPresent())
                    .filter(status -> plan.nodes().isEmpty()
                            || plan.nodes().contains(status.ref().name()))
                    .flatMap(status -> status.node().stream())
                    .toList();
            for (List<Node> batch : batches(checked)) {
                asked.add(part(
                        now,
                        "nodes",
                        () -> watch("%d nodes of role %s".formatted(batch.size(), role))
                                .lookAtNodes(nodeOrder(file, role, batch))));
            }
        }
        List<NodeLook> looks = asked.stream()
                .map(Promise::get)
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .toList();
        return new ClusterView(nodes, looks, service.get());
    }

    private WatchActivities watch(String summary) {
        return ActivityStubs.watch(patience.quickCheck(), summary);
    }

    private static List<List<Node>> batches(List<Node> nodes) {
        return IntStream.range(0, (nodes.size() + BATCH - 1) / BATCH)
                .mapToObj(index -> nodes.subList(index * BATCH, Math.min(nodes.size(), (index + 1) * BATCH)))
                .toList();
    }

    private static ServiceLookOrder serviceOrder(ClusterFile file) {
        int port = Optional.ofNullable(file.roles().get(Role.PROXY))
                .map(RoleSpec::port)
                .orElse(0);
        return new ServiceLookOrder(file.name(), port, VisitOrder.of(file));
    }

    private static NodeLookOrder nodeOrder(ClusterFile file, Role role, List<Node> batch) {
        RoleSpec spec = file.role(role);
        return new NodeLookOrder(
                batch,
                spec.checks(),
                spec.files().stream().filter(CheckClusterRunbook::staysTheSame).toList(),
                spec.services(),
                FirstBootStep.templateValues(file, batch.get(0)),
                role.isMember()
                        ? Optional.of(
                                new HealthRequest(spec.port(), spec.health().path()))
                        : Optional.empty());
    }

    /** A file that lists the members of its first boot differs by now, rightly. */
    private static boolean staysTheSame(NodeFile file) {
        return file.template().stream().noneMatch(text -> text.contains("$members") || text.contains("${members"));
    }

    private List<ToldFinding> tell(
            ClusterFile file,
            CheckSettings settings,
            PreviousCheck before,
            List<CheckFinding> found,
            List<String> done,
            List<String> notes,
            Instant now) {
        Notifier notifier = new Notifier(file);
        News news = before.news(found, settings.strikes(), now);
        List<String> lines = new ArrayList<>(done);
        news.news().forEach(one -> lines.add("%s %s: %s".formatted(one.subject(), one.check(), one.says())));
        news.over().forEach(one -> lines.add("over: " + one.says()));
        if (lines.isEmpty() || !notifier.isConfigured()) {
            return news.next();
        }
        String title = news.news().isEmpty() && done.isEmpty()
                ? "%d findings are over".formatted(news.over().size())
                : "%d findings, %d actions".formatted(news.news().size(), done.size());
        Optional<String> failed =
                notifier.send("check", title, lines.stream().limit(MOST_LINES).toList());
        failed.ifPresent(notes::add);
        return failed.isPresent() ? before.told() : news.next();
    }

    private <T> Promise<Optional<T>> part(Instant now, String what, Func<T> ask) {
        return Async.function(() -> {
            try {
                return Optional.of(ask.apply());
            } catch (TemporalFailure failure) {
                EndReason reason = EndReason.of(failure);
                if (reason.isCancelled()) {
                    throw failure;
                }
                unasked.add(new CheckFinding(
                        "worker", what, CheckStatus.UNKNOWN, "could not be asked: " + reason.sentence(), now, 1));
                return Optional.empty();
            }
        });
    }
}
