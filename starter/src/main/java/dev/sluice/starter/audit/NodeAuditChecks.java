package dev.sluice.starter.audit;

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

/** What the history of a node's run proves: nothing here is taken from what the run says of itself. */
final class NodeAuditChecks {
    static final String GATE = "passed the gate before it took traffic";
    static final String APPROVED = "was let in only after the change's approval";
    static final String ORDER = "was destroyed only once it was out of traffic";
    static final String TTL = "its record was gone and its TTL over before the machine went";
    private static final Duration VERDICT_AGE = Duration.ofSeconds(60);

    private final NodeActivityCalls deeds;
    private final NodeRef ref;
    private final int passes;

    NodeAuditChecks(NodeActivityCalls deeds, NodeRef ref, ClusterFile file) {
        this.deeds = deeds;
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

    /** Seen: whether the node had a machine with an address to be taken out of traffic. */
    List<AuditCheck> checkRetire(boolean seen) {
        return List.of(order(seen), ttl());
    }

    private Optional<EventTime> entry() {
        List<ActivityCall> entries = ref.role().isMember() ? deeds.joins() : deeds.publishes();
        return entries.stream().findFirst().map(ActivityCall::asked);
    }

    private AuditCheck gate() {
        return entry().map(this::gateBefore)
                .orElseGet(() -> AuditCheck.doesNotApply(GATE, "it was never given any traffic"));
    }

    private AuditCheck gateBefore(EventTime entry) {
        List<ActivityCall> looks = deeds.inspections().stream()
                .filter(look -> look.doneBefore(entry))
                .toList();
        List<ActivityCall> last = looks.subList(Math.max(0, looks.size() - passes), looks.size());
        if (last.size() < passes || !last.stream().allMatch(NodeActivityCalls::opensGate)) {
            return AuditCheck.broken(
                    GATE,
                    "let in at %s after %d looks; expected the last %d to open the gate"
                            .formatted(entry, looks.size(), passes));
        }
        ActivityCall look = last.get(last.size() - 1);
        EventTime judged = look.done().orElseThrow();
        Duration age = Duration.between(judged.time(), entry.time());
        String evidence = "the last %d looks opened the gate, %d checks at %s; let in %.1f s later at %s"
                .formatted(
                        passes,
                        look.readResult(Verdict.class).results().size(),
                        judged,
                        age.toMillis() / 1000.0,
                        entry);
        return age.compareTo(VERDICT_AGE) <= 0
                ? AuditCheck.kept(GATE, evidence)
                : AuditCheck.broken(GATE, evidence + ", more than %d s".formatted(VERDICT_AGE.toSeconds()));
    }

    private AuditCheck approved() {
        Optional<EventTime> entry = entry();
        if (entry.isEmpty()) {
            return AuditCheck.doesNotApply(APPROVED, "it was never given any traffic");
        }
        return deeds.approvals().stream()
                .filter(yes -> yes.before(entry.get()))
                .findFirst()
                .map(yes -> AuditCheck.kept(APPROVED, "yes at %s, let in at %s".formatted(yes, entry.get())))
                .orElseGet(() -> AuditCheck.broken(APPROVED, "let in at %s without a yes".formatted(entry.get())));
    }

    private AuditCheck order(boolean serving) {
        List<ActivityCall> destroys = deeds.destroys();
        if (destroys.isEmpty()) {
            return AuditCheck.doesNotApply(ORDER, "this run destroyed nothing");
        }
        EventTime destroy = destroys.get(0).asked();
        boolean app = ref.role().isMember();
        Optional<AuditCheck> member = wayOut(deeds.joins(), deeds.leaves(), destroy, serving && app, "leave");
        Optional<AuditCheck> record =
                wayOut(deeds.publishes(), deeds.withdraws(), destroy, serving && !app, "withdraw");
        return Stream.of(member, record)
                .flatMap(Optional::stream)
                .reduce((one, other) -> one.state() == AuditCheck.CheckState.BROKEN ? one : other)
                .orElseGet(() -> AuditCheck.kept(ORDER, "destroyed at %s, it never took traffic".formatted(destroy)));
    }

    /** Empty if it was never let in there. */
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
                .filter(deed -> deed.doneBefore(destroy))
                .filter(deed -> last.filter(deed.asked()::before).isEmpty())
                .findFirst()
                .map(deed -> AuditCheck.kept(
                        ORDER,
                        "%s confirmed at %s, destroy asked at %s"
                                .formatted(words, deed.done().orElseThrow(), destroy)))
                .orElseGet(() -> AuditCheck.broken(
                        ORDER, "destroy asked at %s without a confirmed %s".formatted(destroy, words))));
    }

    private AuditCheck ttl() {
        List<ActivityCall> withdraws = deeds.withdraws().stream()
                .filter(deed -> deed.done().isPresent())
                .toList();
        Optional<ActivityCall> withdraw = withdraws.stream()
                .filter(deed -> deed.readResult(DnsReport.class).changed())
                .reduce((one, later) -> later)
                .or(() -> withdraws.stream().findFirst());
        Optional<EventTime> destroy =
                deeds.destroys().stream().map(ActivityCall::asked).findFirst();
        if (withdraw.isEmpty() || destroy.isEmpty()) {
            return AuditCheck.doesNotApply(
                    TTL,
                    ref.role().isMember() ? "app servers are not in DNS" : "no record of it and no end of it here");
        }
        ActivityCall deed = withdraw.get();
        DnsReport says = deed.readResult(DnsReport.class);
        EventTime gone = deed.done().orElseThrow();
        int ttl = deed.readArgument(RecordOrder.class).ttl();
        long waited = Duration.between(deed.asked().time(), gone.time()).toSeconds();
        String evidence =
                "%s; it took %d s until %s, destroy asked at %s".formatted(says.says(), waited, gone, destroy.get());
        boolean waitedOut = waited >= ttl || !says.changed();
        return gone.before(destroy.get()) && waitedOut
                ? AuditCheck.kept(TTL, evidence)
                : AuditCheck.broken(TTL, evidence);
    }
}
