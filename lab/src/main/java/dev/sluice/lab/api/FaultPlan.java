package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The faults that are declared, and how often each has struck: a test whose fault did not fire must fail. */
final class FaultPlan {
    /** A declared fault and its history. */
    static final class Planned {
        final long id;
        final Fault fault;
        final Set<Long> broken = new LinkedHashSet<>();
        final List<CompletableFuture<@Nullable Exception>> injections = new ArrayList<>();
        private int matches;
        private int fired;

        private Planned(long id, Fault fault) {
            this.id = id;
            this.fault = fault;
        }

        /** Counts a match; true if the fault strikes it. */
        private boolean strikes() {
            matches++;
            boolean strikes = matches >= fault.nth() && (fault.times() == 0 || fired < fault.times());
            if (strikes) fired++;
            return strikes;
        }

        ObjectNode json() {
            return Json.object()
                    .put("id", id)
                    .put("name", fault.name())
                    .put("operation", fault.operation())
                    .put("droplet", fault.droplet())
                    .put("nth", fault.nth())
                    .put("times", fault.times())
                    .put("seconds", fault.seconds())
                    .put("next", fault.next())
                    .put("matched", matches)
                    .put("fired", fired);
        }
    }

    /** A fault that strikes a request. */
    record Strike(ApiFault fault, int seconds) {}

    private final Map<Long, Planned> plan = new LinkedHashMap<>();
    private long nextId = 1;

    Planned add(Fault fault) {
        var planned = new Planned(nextId++, fault);
        plan.put(planned.id, planned);
        return planned;
    }

    List<Planned> all() {
        return List.copyOf(plan.values());
    }

    Optional<Planned> find(long id) {
        return Optional.ofNullable(plan.get(id));
    }

    void remove(Planned planned) {
        plan.remove(planned.id);
    }

    int fired(long id) {
        return find(id).map(planned -> planned.fired).orElse(0);
    }

    /** The first declared fault that strikes this request. */
    Optional<Strike> strike(Operation operation, List<String> droplets) {
        for (Planned planned : plan.values()) {
            var fault = planned.fault;
            if (fault.api().isEmpty() || !operation.isMeantBy(fault.operation())) continue;
            if (!fault.droplet().isEmpty() && droplets.stream().noneMatch(name -> name.contains(fault.droplet())))
                continue;
            if (planned.strikes()) return Optional.of(new Strike(fault.api().get(), fault.seconds()));
        }
        return Optional.empty();
    }

    /** What is to go wrong on this droplet's machine. */
    List<Breakage> strike(Droplet droplet) {
        List<Breakage> faults = new ArrayList<>();
        for (Planned planned : plan.values())
            if (strikes(planned, droplet)) planned.fault.machine().ifPresent(faults::add);
        return faults;
    }

    /** What is declared to be wrong with this droplet's machine now. */
    List<Breakage> brokenIn(Droplet droplet) {
        return plan.values().stream()
                .filter(planned -> planned.broken.contains(droplet.id))
                .flatMap(planned -> planned.fault.machine().stream())
                .toList();
    }

    /** Whether this fault now breaks the droplet's machine. */
    boolean strikes(Planned planned, Droplet droplet) {
        if (planned.fault.machine().isEmpty() || !droplet.name.contains(planned.fault.droplet())) return false;
        if (!planned.strikes()) return false;
        planned.broken.add(droplet.id);
        return true;
    }
}
