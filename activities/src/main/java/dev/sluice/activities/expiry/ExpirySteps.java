package dev.sluice.activities.expiry;

import dev.sluice.activities.expiry.Collecting.Shown;
import dev.sluice.activities.heartbeat.Heart;
import dev.sluice.workflows.activity.ExpiryActivities;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.Expiring;
import dev.sluice.workflows.model.Expiry.WatchedName;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.RegistryAnswer;
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
public final class ExpirySteps implements ExpiryActivities {
    /** So many handshakes at once are no crowd. */
    private static final int FEW = 8;

    private final Addresses addresses;
    private final Limits limits;
    private final Registries registries;
    private final Heart heart;
    private final Clock clock;

    public ExpirySteps(Addresses addresses, Limits limits, Heart heart, Clock clock) {
        this.addresses = addresses;
        this.limits = limits;
        this.registries = new Registries(limits, clock);
        this.heart = heart;
        this.clock = clock;
    }

    @Override
    public List<Expiring> certificates(CertificateOrder order) {
        return beating(() -> {
            Handshake handshake = new Handshake(trust(order.authorities()), limits);
            List<Callable<List<Looked>>> places = new ArrayList<>();
            order.names().forEach(name -> places.add(() -> places(name, order)));
            List<Looked> all = AtOnce.each(places, limits.together()).stream()
                    .flatMap(List::stream)
                    .toList();
            List<Seen> seen = looks(all, handshake, limits.together());
            return (all.size() > FEW ? again(seen, handshake) : seen)
                    .stream().map(Seen::found).toList();
        });
    }

    private List<Seen> looks(List<Looked> places, Handshake handshake, int together) {
        return AtOnce.each(
                places.stream()
                        .<Callable<Seen>>map(place -> () -> look(place, handshake))
                        .toList(),
                together);
    }

    /** In a crowd a worker may have been short of time, not the server: who was late is looked at again, in half the crowd. */
    private List<Seen> again(List<Seen> seen, Handshake handshake) {
        List<Looked> late = seen.stream().filter(Seen::late).map(Seen::place).toList();
        Iterator<Seen> better =
                looks(late, handshake, Math.max(1, limits.together() / 2)).iterator();
        return seen.stream().map(one -> one.late() ? better.next() : one).toList();
    }

    private <T> T beating(Supplier<T> work) {
        Heart.Beat beat = heart.start();
        try {
            return work.get();
        } finally {
            beat.close();
        }
    }

    private static Trust trust(String authorities) {
        try {
            return Trust.of(authorities);
        } catch (GeneralSecurityException | IOException broken) {
            throw Failures.of(
                    FailureType.PLAN_INVALID,
                    "The certificates of expiry.authorities cannot be read: %s.".formatted(broken.getMessage()),
                    broken);
        }
    }

    /** A place where a name is looked at, or why there is none. */
    private record Looked(WatchedName name, String address, String where, String problem) {}

    /** What was seen there. */
    private record Seen(Looked place, Expiring found, boolean late) {}

    /** The proxies' own addresses first: one that DNS names, too, is looked at once. */
    private List<Looked> places(WatchedName name, CertificateOrder order) {
        Map<String, Looked> places = new LinkedHashMap<>();
        if (name.proxies()) {
            order.proxies()
                    .forEach(proxy -> places.put(
                            proxy.address().value(), place(name, proxy.address().value(), proxy.name() + " ")));
        }
        try {
            addresses
                    .of(name.name(), order.zone(), order.nameServer())
                    .forEach(address -> places.putIfAbsent(address, place(name, address, "")));
        } catch (IOException | RuntimeException unresolved) {
            places.put("DNS", new Looked(name, "", "DNS", "has no address: " + Failures.sentence(unresolved)));
        }
        return List.copyOf(places.values());
    }

    private static Looked place(WatchedName name, String address, String before) {
        return new Looked(name, address, "%s%s:%d".formatted(before, address, name.port()), "");
    }

    private Seen look(Looked place, Handshake handshake) {
        if (!place.problem().isEmpty()) {
            return unknown(place, place.problem(), false);
        }
        try {
            Shown shown = handshake.with(
                    place.address(), place.name().port(), place.name().name());
            return new Seen(place, CertificateJudge.judge(place.name(), place.where(), shown, clock.instant()), false);
        } catch (Handshake.None none) {
            return unknown(place, String.valueOf(none.getMessage()), none.late());
        } catch (IllegalArgumentException odd) {
            // One name that TLS cannot carry must not cost the others their answer.
            return unknown(place, "cannot be looked at: " + odd.getMessage(), false);
        }
    }

    private static Seen unknown(Looked place, String says, boolean late) {
        return new Seen(place, CertificateJudge.unknown(place.name(), place.where(), says), late);
    }

    @Override
    public List<RegistryAnswer> registries(RegistryOrder order) {
        return beating(() -> registries.ask(order.domains(), order.registries()));
    }
}
