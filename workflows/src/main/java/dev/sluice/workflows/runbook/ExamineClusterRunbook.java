package dev.sluice.workflows.runbook;

import dev.sluice.workflows.ExamineCluster;
import dev.sluice.workflows.activity.AccountActivities.Scope;
import dev.sluice.workflows.activity.DnsActivities.Delegation;
import dev.sluice.workflows.activity.DnsActivities.Records;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.activity.NodeActivities.Greeting;
import dev.sluice.workflows.activity.ProxyActivities.ProxyLook;
import dev.sluice.workflows.activity.WorkerActivities.WorkerFacts;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeFile;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.SecretName;
import dev.sluice.workflows.model.Template;
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

/** See docs/runbooks/examine-cluster.md: all parts at once, each in its own try, so that a dead one costs 15 s and no more. */
final class ExamineClusterRunbook implements ExamineCluster {
    /** Of these it is not expected that they answer, or not yet. */
    private static final Set<NodeState> NOT_GREETED = Set.of(NodeState.QUARANTINE, NodeState.DEPLOYING);

    private final Patience patience;
    private final List<Unknown> unknown = new ArrayList<>();

    ExamineClusterRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public Examination run(ClusterFile file) {
        Instant at = Progress.now();
        Promise<Optional<WorkerFacts>> worker = part(
                "worker",
                () -> Reach.worker(patience.check(), "the worker itself").describe(secrets(file)));
        Promise<Optional<List<Scope>>> scopes = part(
                "scopes",
                () -> Reach.account(patience.check(), "scopes of the token").scopes(file.domain()));
        Promise<Optional<Delegation>> zone = part(
                "zone",
                () -> Reach.dns(patience.check(), "zone " + file.domain())
                        .delegation(file.domain(), file.service(), file.nameServer()));
        Promise<Optional<Records>> records = part(
                "records",
                () -> Reach.dns(patience.check(), file.serviceName())
                        .records(file.name(), file.domain(), file.service(), file.nameServer()));
        Promise<Optional<List<Template>>> templates = part(
                "templates", () -> Reach.cloud(patience.check(), "templates").listTemplates(file.name()));
        Promise<Optional<List<ProxyLook>>> proxies = part("proxies", () -> proxies(file));
        List<NodeStatus> nodes = part(
                        "nodes", () -> Reach.cloud(patience.check(), "nodes").listNodes(file.name(), false))
                .get()
                .orElse(List.of());
        List<Greeting> greetings = greetings(file, nodes);
        return new Examination(
                at,
                worker.get(),
                scopes.get().orElse(List.of()),
                zone.get(),
                records.get(),
                nodes,
                greetings,
                proxies.get().orElse(List.of()),
                templates.get().orElse(List.of()),
                unknown);
    }

    private List<ProxyLook> proxies(ClusterFile file) {
        return file.roles().containsKey(Role.PROXY)
                ? Reach.proxy(patience.check(), "every proxy")
                        .examine(file.name(), file.role(Role.PROXY).port())
                : List.of();
    }

    private List<Greeting> greetings(ClusterFile file, List<NodeStatus> nodes) {
        List<Promise<Optional<Greeting>>> asked = nodes.stream()
                .filter(status -> status.state().stream().noneMatch(NOT_GREETED::contains))
                .filter(status -> file.roles().containsKey(status.ref().role()))
                .flatMap(status -> status.node().stream())
                .map(node -> part(node.name().value(), () -> greeting(file, node)))
                .toList();
        return asked.stream().map(Promise::get).flatMap(Optional::stream).toList();
    }

    private Greeting greeting(ClusterFile file, Node node) {
        List<NodeFile> comparable = file.role(node.role()).files().stream()
                .filter(ExamineClusterRunbook::staysTheSame)
                .toList();
        FirstBootOrder order =
                new FirstBootOrder(node, comparable, List.of(), FirstBoot.values(file, node), java.util.Map.of());
        return Reach.node(patience.check(), node.name().value()).greet(order);
    }

    /** What lists the members of its first boot is another text by now, and rightly so. */
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
                unknown.add(new Unknown(what, Reason.of(failure).sentence()));
                return Optional.empty();
            }
        });
    }
}
