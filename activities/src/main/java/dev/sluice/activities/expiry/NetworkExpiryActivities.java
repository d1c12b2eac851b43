package dev.sluice.activities.expiry;

import dev.sluice.activities.expiry.RecordingTrustManager.PresentedChain;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.workflows.activity.ExpiryActivities;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedName;
import dev.sluice.workflows.model.check.RegistryAnswer;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Looks at certificates and asks registries, many at once. */
public final class NetworkExpiryActivities implements ExpiryActivities {
    /** So many handshakes at once are no crowd. */
    private static final int FEW = 8;

    private final AddressLookup addresses;
    private final ExpiryLimits limits;
    private final RdapClient registries;
    private final ActivityHeartbeat.Starter heart;
    private final Clock clock;

    public NetworkExpiryActivities(
            AddressLookup addresses, ExpiryLimits limits, ActivityHeartbeat.Starter heart, Clock clock) {
        this.addresses = addresses;
        this.limits = limits;
        this.registries = new RdapClient(limits, clock);
        this.heart = heart;
        this.clock = clock;
    }

    @Override
    public List<ExpiryFinding> certificates(CertificateOrder order) {
        return beating(() -> {
            TlsHandshake handshake = new TlsHandshake(trust(order.authorities()), limits);
            List<Callable<List<CertificateTarget>>> places = new ArrayList<>();
            order.names().forEach(name -> places.add(() -> places(name, order)));
            List<CertificateTarget> all = ParallelCalls.runAll(places, limits.together()).stream()
                    .flatMap(List::stream)
                    .toList();
            List<CertificateResult> seen = checkAll(all, handshake, limits.together());
            return (all.size() > FEW ? retryLate(seen, handshake) : seen)
                    .stream().map(CertificateResult::found).toList();
        });
    }

    private List<CertificateResult> checkAll(List<CertificateTarget> places, TlsHandshake handshake, int together) {
        return ParallelCalls.runAll(
                places.stream()
                        .<Callable<CertificateResult>>map(place -> () -> look(place, handshake))
                        .toList(),
                together);
    }

    /** In a crowd a worker may have been short of time, not the server: who was late is looked at again, in half the crowd. */
    private List<CertificateResult> retryLate(List<CertificateResult> seen, TlsHandshake handshake) {
        List<CertificateTarget> late = seen.stream()
                .filter(CertificateResult::late)
                .map(CertificateResult::place)
                .toList();
        Iterator<CertificateResult> better =
                checkAll(late, handshake, Math.max(1, limits.together() / 2)).iterator();
        return seen.stream().map(one -> one.late() ? better.next() : one).toList();
    }

    private <T> T beating(Supplier<T> work) {
        ActivityHeartbeat beat = heart.start();
        try {
            return work.get();
        } finally {
            beat.close();
        }
    }

    private static TrustedAuthorities trust(String authorities) {
        try {
            return TrustedAuthorities.of(authorities);
        } catch (GeneralSecurityException | IOException broken) {
            throw TypedFailures.of(
                    FailureType.PLAN_INVALID,
                    "The certificates of expiry.authorities cannot be read: %s.".formatted(broken.getMessage()),
                    broken);
        }
    }

    /** A place where a name is looked at, or why there is none. */
    private record CertificateTarget(WatchedName name, String address, String where, String problem) {}

    /** What was seen there. */
    private record CertificateResult(CertificateTarget place, ExpiryFinding found, boolean late) {}

    /** The proxies' own addresses first: one that DNS names, too, is looked at once. */
    private List<CertificateTarget> places(WatchedName name, CertificateOrder order) {
        Map<String, CertificateTarget> places = new LinkedHashMap<>();
        if (name.proxies()) {
            order.proxies()
                    .forEach(proxy -> places.put(
                            proxy.address().value(), place(name, proxy.address().value(), proxy.name() + " ")));
        }
        try {
            addresses
                    .resolve(name.name(), order.zone(), order.nameServer())
                    .forEach(address -> places.putIfAbsent(address, place(name, address, "")));
        } catch (IOException | RuntimeException unresolved) {
            places.put(
                    "DNS",
                    new CertificateTarget(name, "", "DNS", "has no address: " + TypedFailures.sentenceOf(unresolved)));
        }
        return List.copyOf(places.values());
    }

    private static CertificateTarget place(WatchedName name, String address, String before) {
        return new CertificateTarget(name, address, "%s%s:%d".formatted(before, address, name.port()), "");
    }

    private CertificateResult look(CertificateTarget place, TlsHandshake handshake) {
        if (!place.problem().isEmpty()) {
            return unknown(place, place.problem(), false);
        }
        try {
            PresentedChain shown = handshake.perform(
                    place.address(), place.name().port(), place.name().name());
            return new CertificateResult(
                    place, CertificateJudge.judge(place.name(), place.where(), shown, clock.instant()), false);
        } catch (TlsHandshake.HandshakeFailedException none) {
            return unknown(place, String.valueOf(none.getMessage()), none.late());
        } catch (IllegalArgumentException odd) {
            // One name that TLS cannot carry must not cost the others their answer.
            return unknown(place, "cannot be looked at: " + odd.getMessage(), false);
        }
    }

    private static CertificateResult unknown(CertificateTarget place, String says, boolean late) {
        return new CertificateResult(place, CertificateJudge.unknown(place.name(), place.where(), says), late);
    }

    @Override
    public List<RegistryAnswer> registries(RegistryOrder order) {
        return beating(() -> registries.ask(order.domains(), order.registries()));
    }
}
