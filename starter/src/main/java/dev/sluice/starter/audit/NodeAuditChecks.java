package dev.sluice.starter.audit;

import dev.sluice.starter.text.SentenceFormat;
import dev.sluice.workflows.activity.DnsActivities.DnsReport;
import dev.sluice.workflows.activity.DnsActivities.RecordOrder;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks the history of a node's run, without the run's own report. */
final class NodeAuditChecks {
    static final String GATE = "passed the gate before it took traffic";
    static final String APPROVED = "joined only after the change's approval";
    static final String ORDER = "was destroyed only after it was out of traffic";
    static final String TTL = "was destroyed only after its record was withdrawn and the TTL had expired";
    private static final Duration VERDICT_AGE = Duration.ofSeconds(60);

    private final NodeActivityCalls calls;
    private final NodeRef ref;
    private final int passes;

    NodeAuditChecks(NodeActivityCalls calls, NodeRef ref, ClusterFile file) {
        this.calls = calls;
        this.ref = ref;
        this.passes = file.role(ref.role()).checks().passes();
    }

    List<AuditCheck> checkDeploy(boolean approveAfterGate) {
        List<AuditCheck> promises = new ArrayList<>(List.of(gate()));
        if (approveAfterGate) {
            promises.add(approved());
        }
        promises.add(order(false));
        promises.add(ttl());
        return promises;
    }

    /** @param seen whether the node had a droplet with an address, which has to be taken out of traffic */
    List<AuditCheck> checkRetire(boolean seen) {
        return List.of(order(seen), ttl());
    }

    private Optional<EventTime> entry() {
        List<ActivityCall> entries = ref.role().isMember() ? calls.joins() : calls.publishes();
        return entries.stream().findFirst().map(ActivityCall::asked);
    }

    private AuditCheck gate() {
        return entry().map(this::gateBefore)
                .orElseGet(() -> AuditCheck.doesNotApply(GATE, "the node never took traffic"));
    }

    private AuditCheck gateBefore(EventTime entry) {
        List<ActivityCall> inspections = calls.inspections().stream()
                .filter(inspection -> inspection.doneBefore(entry))
                .toList();
        List<ActivityCall> last = inspections.subList(Math.max(0, inspections.size() - passes), inspections.size());
        if (last.size() < passes || !last.stream().allMatch(NodeActivityCalls::opensGate)) {
            return AuditCheck.broken(
                    GATE,
                    "joined at %s after %s; expected the last %d to open the gate"
                            .formatted(entry, SentenceFormat.count(inspections.size(), "inspection"), passes));
        }
        ActivityCall inspection = last.get(last.size() - 1);
        EventTime judged = inspection.done().orElseThrow();
        Duration age = Duration.between(judged.time(), entry.time());
        String evidence = "the last %d inspections opened the gate, %s at %s; joined %.1f s later at %s"
                .formatted(
                        passes,
                        SentenceFormat.count(
                                inspection.readResult(Verdict.class).results().size(), "check"),
                        judged,
                        age.toMillis() / 1000.0,
                        entry);
        return age.compareTo(VERDICT_AGE) <= 0
                ? AuditCheck.kept(GATE, evidence)
                : AuditCheck.broken(GATE, evidence + ", expected at most %d s".formatted(VERDICT_AGE.toSeconds()));
    }

    private AuditCheck approved() {
        Optional<EventTime> entry = entry();
        if (entry.isEmpty()) {
            return AuditCheck.doesNotApply(APPROVED, "the node never took traffic");
        }
        return calls.approvals().stream()
                .filter(approval -> approval.before(entry.get()))
                .findFirst()
                .map(approval ->
                        AuditCheck.kept(APPROVED, "approved at %s, joined at %s".formatted(approval, entry.get())))
                .orElseGet(
                        () -> AuditCheck.broken(APPROVED, "joined at %s without an approval".formatted(entry.get())));
    }

    private AuditCheck order(boolean serving) {
        List<ActivityCall> destroys = calls.destroys();
        if (destroys.isEmpty()) {
            return AuditCheck.doesNotApply(ORDER, "this run destroyed no node");
        }
        EventTime destroy = destroys.get(0).asked();
        boolean app = ref.role().isMember();
        Optional<AuditCheck> member = wayOut(calls.joins(), calls.leaves(), destroy, serving && app, "leave");
        Optional<AuditCheck> record =
                wayOut(calls.publishes(), calls.withdraws(), destroy, serving && !app, "withdraw");
        return Stream.of(member, record)
                .flatMap(Optional::stream)
                .reduce((one, other) -> one.state() == AuditCheck.CheckState.BROKEN ? one : other)
                .orElseGet(() ->
                        AuditCheck.kept(ORDER, "destroyed at %s; the node never took traffic".formatted(destroy)));
    }

    /** Returns whether the node left before it was destroyed; empty if it never joined. */
    private static Optional<AuditCheck> wayOut(
            List<ActivityCall> in, List<ActivityCall> out, EventTime destroy, boolean serving, String words) {
        Optional<EventTime> last = in.stream()
                .map(ActivityCall::asked)
                .filter(asked -> asked.before(destroy))
                .reduce((one, other) -> other);
        if (last.isEmpty() && !serving) {
            return Optional.empty();
        }
        return Optional.of(out.stream()
                .filter(call -> call.doneBefore(destroy))
                .filter(call -> last.filter(call.asked()::before).isEmpty())
                .findFirst()
                .map(call -> AuditCheck.kept(
                        ORDER,
                        "%s confirmed at %s, destroy requested at %s"
                                .formatted(words, call.done().orElseThrow(), destroy)))
                .orElseGet(() -> AuditCheck.broken(
                        ORDER, "destroy requested at %s without a confirmed %s".formatted(destroy, words))));
    }

    private AuditCheck ttl() {
        List<ActivityCall> withdraws = calls.withdraws().stream()
                .filter(call -> call.done().isPresent())
                .toList();
        Optional<ActivityCall> withdraw = withdraws.stream()
                .filter(call -> call.readResult(DnsReport.class).changed())
                .reduce((one, later) -> later)
                .or(() -> withdraws.stream().findFirst());
        Optional<EventTime> destroy =
                calls.destroys().stream().map(ActivityCall::asked).findFirst();
        if (withdraw.isEmpty() || destroy.isEmpty()) {
            return AuditCheck.doesNotApply(
                    TTL,
                    ref.role().isMember()
                            ? "app servers are not in DNS"
                            : "this run withdrew no record or destroyed no node");
        }
        ActivityCall call = withdraw.get();
        DnsReport report = call.readResult(DnsReport.class);
        EventTime gone = call.done().orElseThrow();
        int ttl = call.readArgument(RecordOrder.class).ttl();
        long waited = Duration.between(call.asked().time(), gone.time()).toSeconds();
        String evidence = "%s; it took %d s until %s, destroy requested at %s"
                .formatted(report.says(), waited, gone, destroy.get());
        boolean waitedOut = waited >= ttl || !report.changed();
        return gone.before(destroy.get()) && waitedOut
                ? AuditCheck.kept(TTL, evidence)
                : AuditCheck.broken(TTL, evidence);
    }
}
