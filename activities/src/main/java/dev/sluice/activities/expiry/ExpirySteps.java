package dev.sluice.activities.expiry;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Looks at certificates and asks registries, many at once. */
public final class ExpirySteps implements ExpiryActivities {
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
            List<Callable<Expiring>> looks = new ArrayList<>();
            AtOnce.each(places, limits.together())
                    .forEach(found -> found.forEach(place -> looks.add(() -> look(place, handshake))));
            return AtOnce.each(looks, limits.together());
        });
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

    private Expiring look(Looked place, Handshake handshake) {
        if (!place.problem().isEmpty()) {
            return CertificateJudge.unknown(place.name(), place.where(), place.problem());
        }
        try {
            return CertificateJudge.judge(
                    place.name(),
                    place.where(),
                    handshake.with(
                            place.address(), place.name().port(), place.name().name()),
                    clock.instant());
        } catch (Handshake.None none) {
            return CertificateJudge.unknown(place.name(), place.where(), String.valueOf(none.getMessage()));
        } catch (IllegalArgumentException odd) {
            // One name that TLS cannot carry must not cost the others their answer.
            return CertificateJudge.unknown(place.name(), place.where(), "cannot be looked at: " + odd.getMessage());
        }
    }

    @Override
    public List<RegistryAnswer> registries(RegistryOrder order) {
        return beating(() -> registries.ask(order.domains(), order.registries()));
    }
}
