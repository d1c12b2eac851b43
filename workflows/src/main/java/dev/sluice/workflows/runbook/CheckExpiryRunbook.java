package dev.sluice.workflows.runbook;

import dev.sluice.workflows.CheckExpiry;
import dev.sluice.workflows.Names;
import dev.sluice.workflows.activity.ExpiryActivities.CertificateOrder;
import dev.sluice.workflows.activity.ExpiryActivities.ProxyAddress;
import dev.sluice.workflows.activity.ExpiryActivities.RegistryOrder;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.CheckStatus;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Expiring;
import dev.sluice.workflows.model.Expiring.Kind;
import dev.sluice.workflows.model.Expiry;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Role;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** See docs/runbooks/check-expiry.md: each part in its own try, and a normal end, so that strikes outlive a failure. */
final class CheckExpiryRunbook implements CheckExpiry {
    private static final Set<NodeState> FACING_CLIENTS = Set.of(NodeState.READY, NodeState.IN_SERVICE);

    private final Patience patience;

    CheckExpiryRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public ExpiryReport run(ExpiryPlan plan) {
        ClusterFile file = plan.file();
        Expiry expiry = file.expiry()
                .orElseThrow(() -> Failures.of(
                        FailureType.PLAN_INVALID, "%s has no part expiry in its cluster file.".formatted(file.name())));
        Instant now = Progress.now();
        LastTime before = LastTime.of(Workflow.getLastCompletionResult(ExpiryReport.class), now);
        List<Expiring> found = new ArrayList<>();

        List<ProxyAddress> proxies = new ArrayList<>();
        found.addAll(part(Kind.CERTIFICATE, "proxies", "DigitalOcean", () -> {
            proxies.addAll(proxies(file));
            return List.of();
        }));
        found.addAll(part(Kind.CERTIFICATE, "all names", "TLS", () -> certificates(file, expiry, proxies)));

        Domains domains = new Domains(expiry.domains(), before.answers(), now);
        found.addAll(part(
                Kind.DOMAIN,
                "all domains",
                "RDAP",
                () -> domains.judged(due -> Reach.expiry(
                                patience.steady(),
                                "%d of %d domains"
                                        .formatted(due.size(), expiry.domains().size()))
                        .registries(new RegistryOrder(due, expiry.registries())))));

        found.addAll(part(
                Kind.TEMPLATE,
                "all templates",
                "DigitalOcean",
                () -> TemplateAges.of(
                        Reach.cloud(patience.brief(), "templates").listTemplates(file.name()),
                        expiry.templates(),
                        now)));

        found.addAll(part(Kind.RUN, "all runs", "Temporal", () -> stuck(file)));

        List<Expiring> worstFirst = ExpiryMarkdown.worstFirst(before.counted(found));
        show(worstFirst);

        List<String> notes = new ArrayList<>();
        if (plan.tell()) {
            before.tell(toTell(worstFirst), new Telling(file)).ifPresent(notes::add);
        }
        return new ExpiryReport(now, worstFirst, domains.answers(), before.told(), notes);
    }

    private List<ProxyAddress> proxies(ClusterFile file) {
        return Reach.cloud(patience.brief(), "proxies of %s".formatted(file.name()))
                .listNodes(file.name(), false)
                .stream()
                .filter(status -> status.ref().role() == Role.PROXY)
                .filter(status ->
                        status.state().filter(FACING_CLIENTS::contains).isPresent())
                .map(NodeStatus::node)
                .flatMap(Optional::stream)
                .map(node -> new ProxyAddress(node.name(), node.publicAddress()))
                .toList();
    }

    private List<Expiring> certificates(ClusterFile file, Expiry expiry, List<ProxyAddress> proxies) {
        return Reach.expiry(
                        patience.steady(), "%d names".formatted(expiry.names().size()))
                .certificates(new CertificateOrder(
                        expiry.names(), proxies, file.domain(), file.nameServer(), expiry.authorities()));
    }

    private List<Expiring> stuck(ClusterFile file) {
        return Reach.runs(patience.brief(), "runs that a bug of ours holds up").stuck(file.name()).stream()
                .map(id -> new Expiring(
                        Kind.RUN, id, "Temporal", CheckStatus.CRITICAL, Optional.empty(), HangingRuns.SAYS))
                .toList();
    }

    /** The sweep tells of runs that hang; checks that began before it did tell of them, too. */
    private static List<Expiring> toTell(List<Expiring> found) {
        if (found.stream().noneMatch(HangingRuns::isTheSweeps)
                || Workflow.getVersion(HangingRuns.TOLD_BY_THE_SWEEP, Workflow.DEFAULT_VERSION, 1)
                        == Workflow.DEFAULT_VERSION) {
            return found;
        }
        return found.stream().filter(one -> !HangingRuns.isTheSweeps(one)).toList();
    }

    /** What cannot be asked is unknown, and that is a finding. */
    private static List<Expiring> part(Kind kind, String name, String where, Supplier<List<Expiring>> ask) {
        try {
            return ask.get();
        } catch (TemporalFailure failure) {
            Reason reason = Reason.of(failure);
            if (reason.cancelled()) {
                throw failure;
            }
            String says = "could not be asked: " + reason.sentence();
            return List.of(new Expiring(kind, name, where, CheckStatus.UNKNOWN, Optional.empty(), says));
        }
    }

    private static void show(List<Expiring> found) {
        Workflow.setCurrentDetails(ExpiryMarkdown.of(found));
        found.stream()
                .map(Expiring::until)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .ifPresent(nearest -> Workflow.upsertTypedSearchAttributes(
                        Names.EXPIRES_AT.valueSet(nearest.atOffset(ZoneOffset.UTC))));
    }
}
