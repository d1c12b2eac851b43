package dev.sluice.starter.audit;

import dev.sluice.workflows.activity.DnsActivities.DnsReport;
import dev.sluice.workflows.activity.DnsActivities.RecordOrder;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the history of a node's run proves: nothing here is taken from what the run says of itself. */
final class NodePromises {
    static final String GATE = "passed the gate before it took traffic";
    static final String APPROVED = "was let in only after the change's approval";
    static final String ORDER = "was destroyed only once it was out of traffic";
    static final String TTL = "its record was gone and its TTL over before the machine went";
    private static final Duration VERDICT_AGE = Duration.ofSeconds(60);

    private final NodeDeeds deeds;
    private final NodeRef ref;
    private final int passes;

    NodePromises(NodeDeeds deeds, NodeRef ref, ClusterFile file) {
        this.deeds = deeds;
        this.ref = ref;
        this.passes = file.role(ref.role()).checks().passes();
    }

    List<Promise> ofDeploy(boolean approveAfterGate) {
        List<Promise> promises = new ArrayList<>(List.of(gate()));
        if (approveAfterGate) {
            promises.add(approved());
        }
        promises.add(order(false));
        promises.add(ttl());
        return promises;
    }

    /** Seen: whether the node had a machine with an address to be taken out of traffic. */
    List<Promise> ofRetire(boolean seen) {
        return List.of(order(seen), ttl());
    }

    private Optional<Moment> entry() {
        List<Deed> entries = ref.role() == Role.APP ? deeds.joins() : deeds.publishes();
        return entries.stream().findFirst().map(Deed::asked);
    }

    private Promise gate() {
        return entry().map(this::gateBefore)
                .orElseGet(() -> Promise.doesNotApply(GATE, "it was never given any traffic"));
    }

    private Promise gateBefore(Moment entry) {
        List<Deed> looks =
                deeds.looks().stream().filter(look -> look.doneBefore(entry)).toList();
        List<Deed> last = looks.subList(Math.max(0, looks.size() - passes), looks.size());
        if (last.size() < passes || !last.stream().allMatch(NodeDeeds::opened)) {
            return Promise.broken(
                    GATE,
                    "let in at %s after %d looks; expected the last %d to open the gate"
                            .formatted(entry, looks.size(), passes));
        }
        Deed look = last.get(last.size() - 1);
        Moment judged = look.done().orElseThrow();
        Duration age = Duration.between(judged.time(), entry.time());
        String evidence = "the last %d looks opened the gate, %d checks at %s; let in %.1f s later at %s"
                .formatted(passes, look.answer(Verdict.class).results().size(), judged, age.toMillis() / 1000.0, entry);
        return age.compareTo(VERDICT_AGE) <= 0
                ? Promise.kept(GATE, evidence)
                : Promise.broken(GATE, evidence + ", more than %d s".formatted(VERDICT_AGE.toSeconds()));
    }

    private Promise approved() {
        Optional<Moment> entry = entry();
        if (entry.isEmpty()) {
            return Promise.doesNotApply(APPROVED, "it was never given any traffic");
        }
        return deeds.yes().stream()
                .filter(yes -> yes.before(entry.get()))
                .findFirst()
                .map(yes -> Promise.kept(APPROVED, "yes at %s, let in at %s".formatted(yes, entry.get())))
                .orElseGet(() -> Promise.broken(APPROVED, "let in at %s without a yes".formatted(entry.get())));
    }

    private Promise order(boolean serving) {
        List<Deed> destroys = deeds.destroys();
        if (destroys.isEmpty()) {
            return Promise.doesNotApply(ORDER, "this run destroyed nothing");
        }
        Moment destroy = destroys.get(0).asked();
        boolean app = ref.role() == Role.APP;
        Optional<Promise> member = wayOut(deeds.joins(), deeds.leaves(), destroy, serving && app, "leave");
        Optional<Promise> record = wayOut(deeds.publishes(), deeds.withdraws(), destroy, serving && !app, "withdraw");
        return Stream.of(member, record)
                .flatMap(Optional::stream)
                .reduce((one, other) -> one.state() == Promise.State.BROKEN ? one : other)
                .orElseGet(() -> Promise.kept(ORDER, "destroyed at %s, it never took traffic".formatted(destroy)));
    }

    /** Empty if it was never let in there. */
    private static Optional<Promise> wayOut(
            List<Deed> in, List<Deed> out, Moment destroy, boolean serving, String words) {
        Optional<Moment> last = in.stream()
                .map(Deed::asked)
                .filter(asked -> asked.before(destroy))
                .reduce((one, other) -> other);
        if (last.isEmpty() && !serving) {
            return Optional.empty();
        }
        return Optional.of(out.stream()
                .filter(deed -> deed.doneBefore(destroy))
                .filter(deed -> last.filter(deed.asked()::before).isEmpty())
                .findFirst()
                .map(deed -> Promise.kept(
                        ORDER,
                        "%s confirmed at %s, destroy asked at %s"
                                .formatted(words, deed.done().orElseThrow(), destroy)))
                .orElseGet(() ->
                        Promise.broken(ORDER, "destroy asked at %s without a confirmed %s".formatted(destroy, words))));
    }

    private Promise ttl() {
        List<Deed> withdraws = deeds.withdraws().stream()
                .filter(deed -> deed.done().isPresent())
                .toList();
        Optional<Deed> withdraw = withdraws.stream()
                .filter(deed -> deed.answer(DnsReport.class).changed())
                .reduce((one, later) -> later)
                .or(() -> withdraws.stream().findFirst());
        Optional<Moment> destroy = deeds.destroys().stream().map(Deed::asked).findFirst();
        if (withdraw.isEmpty() || destroy.isEmpty()) {
            return Promise.doesNotApply(
                    TTL,
                    ref.role() == Role.APP ? "app servers are not in DNS" : "no record of it and no end of it here");
        }
        Deed deed = withdraw.get();
        DnsReport says = deed.answer(DnsReport.class);
        Moment gone = deed.done().orElseThrow();
        int ttl = deed.order(RecordOrder.class).ttl();
        long waited = Duration.between(deed.asked().time(), gone.time()).toSeconds();
        String evidence =
                "%s; it took %d s until %s, destroy asked at %s".formatted(says.says(), waited, gone, destroy.get());
        boolean waitedOut = waited >= ttl || !says.changed();
        return gone.before(destroy.get()) && waitedOut ? Promise.kept(TTL, evidence) : Promise.broken(TTL, evidence);
    }
}
