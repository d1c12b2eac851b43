package dev.sluice.workflows.runbook.expiry;

import dev.sluice.workflows.CheckExpiry;
import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.activity.ExpiryActivities.CertificateOrder;
import dev.sluice.workflows.activity.ExpiryActivities.ProxyAddress;
import dev.sluice.workflows.activity.ExpiryActivities.RegistryOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.ExpiryFinding.ExpiryKind;
import dev.sluice.workflows.model.check.ExpirySettings;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.runbook.cleanup.StuckRuns;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Notifier;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.StepProgress;
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

/** See docs/runbooks/check-expiry.md. The run ends normally, so that the next one receives its strikes. */
public final class CheckExpiryRunbook implements CheckExpiry {
    private static final Set<NodeState> FACING_CLIENTS = Set.of(NodeState.READY, NodeState.IN_SERVICE);

    private final Patience patience;

    public CheckExpiryRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public ExpiryReport run(ExpiryPlan plan) {
        ClusterFile file = plan.file();
        ExpirySettings expiry = file.expiry()
                .orElseThrow(() -> TypedFailures.of(
                        FailureType.PLAN_INVALID, "%s has no part expiry in its cluster file.".formatted(file.name())));
        Instant now = StepProgress.now();
        PreviousExpiryRun before = PreviousExpiryRun.of(Workflow.getLastCompletionResult(ExpiryReport.class), now);
        List<ExpiryFinding> found = new ArrayList<>();

        List<ProxyAddress> proxies = new ArrayList<>();
        found.addAll(part(ExpiryKind.CERTIFICATE, "proxies", "DigitalOcean", () -> {
            proxies.addAll(proxies(file));
            return List.of();
        }));
        found.addAll(part(ExpiryKind.CERTIFICATE, "all names", "TLS", () -> certificates(file, expiry, proxies)));

        DomainExpiry domains = new DomainExpiry(expiry.domains(), before.answers(), now);
        found.addAll(part(
                ExpiryKind.DOMAIN,
                "all domains",
                "RDAP",
                () -> domains.askAndJudge(due -> ActivityStubs.expiry(
                                patience.heartbeating(),
                                "%d of %d domains"
                                        .formatted(due.size(), expiry.domains().size()))
                        .registries(new RegistryOrder(due, expiry.registries())))));

        found.addAll(part(
                ExpiryKind.TEMPLATE,
                "all templates",
                "DigitalOcean",
                () -> TemplateAges.judgeNewest(
                        ActivityStubs.cloud(patience.shortCall(), "templates").listTemplates(file.name()),
                        expiry.templates(),
                        now)));

        found.addAll(part(ExpiryKind.RUN, "all runs", "Temporal", () -> stuck(file)));

        List<ExpiryFinding> worstFirst = ExpiryMarkdown.worstFirst(before.withStrikes(found));
        show(worstFirst);

        List<String> notes = new ArrayList<>();
        if (plan.tell()) {
            before.notifyNew(toTell(worstFirst), new Notifier(file)).ifPresent(notes::add);
        }
        return new ExpiryReport(now, worstFirst, domains.answers(), before.told(), notes);
    }

    private List<ProxyAddress> proxies(ClusterFile file) {
        return ActivityStubs.listNodes(patience.shortCall(), "proxies of %s".formatted(file.name()), file.name())
                .stream()
                .filter(status -> status.ref().role().facesClients())
                .filter(status ->
                        status.state().filter(FACING_CLIENTS::contains).isPresent())
                .map(NodeStatus::node)
                .flatMap(Optional::stream)
                .map(node -> new ProxyAddress(node.name(), node.publicAddress()))
                .toList();
    }

    private List<ExpiryFinding> certificates(ClusterFile file, ExpirySettings expiry, List<ProxyAddress> proxies) {
        return ActivityStubs.expiry(
                        patience.heartbeating(),
                        "%d names".formatted(expiry.names().size()))
                .certificates(new CertificateOrder(
                        expiry.names(), proxies, file.domain(), file.nameServer(), expiry.authorities()));
    }

    private List<ExpiryFinding> stuck(ClusterFile file) {
        return ActivityStubs.runs(patience.shortCall(), "stuck runs").stuck(file.name()).stream()
                .map(id -> new ExpiryFinding(
                        ExpiryKind.RUN, id, "Temporal", CheckStatus.CRITICAL, Optional.empty(), StuckRuns.SAYS))
                .toList();
    }

    /** The sweep notifies of stuck runs. */
    private static List<ExpiryFinding> toTell(List<ExpiryFinding> found) {
        return found.stream().filter(one -> !StuckRuns.isReportedBySweep(one)).toList();
    }

    /** Returns the findings of one part; a part that cannot be read is a finding of status unknown. */
    private static List<ExpiryFinding> part(
            ExpiryKind kind, String name, String where, Supplier<List<ExpiryFinding>> ask) {
        try {
            return ask.get();
        } catch (TemporalFailure failure) {
            EndReason reason = EndReason.of(failure);
            if (reason.isCancelled()) {
                throw failure;
            }
            String says = "could not be asked: " + reason.sentence();
            return List.of(new ExpiryFinding(kind, name, where, CheckStatus.UNKNOWN, Optional.empty(), says));
        }
    }

    private static void show(List<ExpiryFinding> found) {
        Workflow.setCurrentDetails(ExpiryMarkdown.render(found));
        found.stream()
                .map(ExpiryFinding::until)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .ifPresent(nearest -> Workflow.upsertTypedSearchAttributes(
                        SluiceAttributes.EXPIRES_AT.valueSet(nearest.atOffset(ZoneOffset.UTC))));
    }
}
