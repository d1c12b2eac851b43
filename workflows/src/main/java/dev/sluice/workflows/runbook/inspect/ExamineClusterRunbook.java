package dev.sluice.workflows.runbook.inspect;

import dev.sluice.workflows.ExamineCluster;
import dev.sluice.workflows.ShowCluster.ServiceView;
import dev.sluice.workflows.activity.AccountActivities.TokenScope;
import dev.sluice.workflows.activity.DnsActivities.PublishedRecords;
import dev.sluice.workflows.activity.DnsActivities.ZoneDelegation;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.activity.NodeActivities.NodePingReport;
import dev.sluice.workflows.activity.ProxyActivities.ProxyFindings;
import dev.sluice.workflows.activity.TruthActivities.AddressAnswer;
import dev.sluice.workflows.activity.TruthActivities.TruthOrder;
import dev.sluice.workflows.activity.TruthActivities.VisitOrder;
import dev.sluice.workflows.activity.WorkerActivities.WorkerFacts;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.NodeFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.SecretName;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.truth.TruthReport;
import dev.sluice.workflows.runbook.lifecycle.FirstBootStep;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.StepProgress;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions.Func;
import io.temporal.workflow.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** See docs/runbooks/examine-cluster.md. Parts run in parallel: an unreachable one costs at most 15 s. */
public final class ExamineClusterRunbook implements ExamineCluster {
    /** Nodes in these states need not answer. */
    private static final Set<NodeState> NOT_GREETED = Set.of(NodeState.QUARANTINE, NodeState.DEPLOYING);

    private final Patience patience;
    private final List<UnknownPart> unknown = new ArrayList<>();

    public ExamineClusterRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public ClusterExamination run(ClusterFile file) {
        Instant at = StepProgress.now();
        Promise<Optional<WorkerFacts>> worker = part(
                "worker",
                () -> ActivityStubs.worker(patience.quickCheck(), "the worker itself")
                        .describe(secrets(file)));
        Promise<Optional<List<TokenScope>>> scopes = part(
                "scopes",
                () -> ActivityStubs.account(patience.quickCheck(), "scopes of the token")
                        .scopes(file.domain()));
        Promise<Optional<ZoneDelegation>> zone = part(
                "zone",
                () -> ActivityStubs.dns(patience.quickCheck(), "zone " + file.domain())
                        .delegation(file.domain(), file.service(), file.nameServer()));
        Promise<Optional<PublishedRecords>> records = part(
                "records",
                () -> ActivityStubs.dns(patience.quickCheck(), file.serviceName())
                        .records(file.name(), file.domain(), file.service(), file.nameServer()));
        Promise<Optional<TruthReport>> truths = part(
                "truths",
                () -> ActivityStubs.truth(patience.quickCheck(), "whether the truths agree")
                        .compare(TruthOrder.of(file, List.of())));
        Promise<Optional<List<AddressAnswer>>> answers = part(
                "service",
                () -> ActivityStubs.truth(patience.quickCheck(), "what clients get")
                        .visit(VisitOrder.of(file)));
        Promise<Optional<List<Template>>> templates = part(
                "templates",
                () -> ActivityStubs.cloud(patience.quickCheck(), "templates").listTemplates(file.name()));
        Promise<Optional<List<ProxyFindings>>> proxies = part("proxies", () -> proxies(file));
        List<NodeStatus> nodes = part(
                        "nodes", () -> ActivityStubs.listNodes(patience.quickCheck(), "nodes", file.name()))
                .get()
                .orElse(List.of());
        List<NodePingReport> greetings = greetings(file, nodes);
        return new ClusterExamination(
                at,
                worker.get(),
                scopes.get().orElse(List.of()),
                zone.get(),
                records.get(),
                new ServiceView(
                        truths.get().orElse(TruthReport.EMPTY), answers.get().orElse(List.of())),
                nodes,
                greetings,
                proxies.get().orElse(List.of()),
                templates.get().orElse(List.of()),
                unknown);
    }

    private List<ProxyFindings> proxies(ClusterFile file) {
        return file.roles().containsKey(Role.PROXY)
                ? ActivityStubs.proxy(patience.quickCheck(), "every proxy")
                        .examine(file.name(), file.role(Role.PROXY).port())
                : List.of();
    }

    private List<NodePingReport> greetings(ClusterFile file, List<NodeStatus> nodes) {
        List<Promise<Optional<NodePingReport>>> asked = nodes.stream()
                .filter(status -> status.state().stream().noneMatch(NOT_GREETED::contains))
                .filter(status -> file.roles().containsKey(status.ref().role()))
                .flatMap(status -> status.node().stream())
                .map(node -> part(node.name().value(), () -> greeting(file, node)))
                .toList();
        return asked.stream().map(Promise::get).flatMap(Optional::stream).toList();
    }

    private NodePingReport greeting(ClusterFile file, Node node) {
        List<NodeFile> comparable = file.role(node.role()).files().stream()
                .filter(ExamineClusterRunbook::staysTheSame)
                .toList();
        FirstBootOrder order = new FirstBootOrder(
                node, comparable, List.of(), FirstBootStep.templateValues(file, node), java.util.Map.of());
        return ActivityStubs.node(patience.quickCheck(), node.name().value()).greet(order);
    }

    /** A file that lists the members of its first boot differs by now, rightly. */
    private static boolean staysTheSame(NodeFile file) {
        return file.template().stream().noneMatch(text -> text.contains("$members") || text.contains("${members"));
    }

    private static List<SecretName> secrets(ClusterFile file) {
        return file.roles().values().stream()
                .flatMap(spec -> Stream.concat(spec.files().stream(), spec.bake().files().stream()))
                .flatMap(one -> one.secret().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private <T> Promise<Optional<T>> part(String what, Func<T> ask) {
        return Async.function(() -> {
            try {
                return Optional.of(ask.apply());
            } catch (TemporalFailure failure) {
                unknown.add(new UnknownPart(what, EndReason.of(failure).sentence()));
                return Optional.empty();
            }
        });
    }
}
