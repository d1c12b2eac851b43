package dev.sluice.lab.droplets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.fault.ApiFault;
import dev.sluice.lab.fault.LabFault;
import dev.sluice.lab.fault.MachineBreakage;
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
public final class DeclaredFaults {
    /** A declared fault and its history. */
    public static final class DeclaredFault {
        public final long id;
        public final LabFault fault;
        public final Set<Long> broken = new LinkedHashSet<>();
        public final List<CompletableFuture<@Nullable Exception>> injections = new ArrayList<>();
        private int matches;
        private int fired;

        private DeclaredFault(long id, LabFault fault) {
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

        public ObjectNode json() {
            return ApiJson.object()
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
    public record FaultStrike(ApiFault fault, int seconds) {}

    private final Map<Long, DeclaredFault> plan = new LinkedHashMap<>();
    private long nextId = 1;

    public DeclaredFault add(LabFault fault) {
        var planned = new DeclaredFault(nextId++, fault);
        plan.put(planned.id, planned);
        return planned;
    }

    public List<DeclaredFault> all() {
        return List.copyOf(plan.values());
    }

    public Optional<DeclaredFault> find(long id) {
        return Optional.ofNullable(plan.get(id));
    }

    public void remove(DeclaredFault planned) {
        plan.remove(planned.id);
    }

    public int timesFired(long id) {
        return find(id).map(planned -> planned.fired).orElse(0);
    }

    /** The first declared fault that strikes this request. */
    public Optional<FaultStrike> strikeRequest(ApiOperation operation, List<String> droplets) {
        for (DeclaredFault planned : plan.values()) {
            var fault = planned.fault;
            if (fault.apiFault().isEmpty() || !operation.matchesSelector(fault.operation())) continue;
            if (!fault.droplet().isEmpty() && droplets.stream().noneMatch(name -> name.contains(fault.droplet())))
                continue;
            if (planned.strikes())
                return Optional.of(new FaultStrike(fault.apiFault().get(), fault.seconds()));
        }
        return Optional.empty();
    }

    /** What is to go wrong on this droplet's machine. */
    List<MachineBreakage> strikeNewDroplet(LabDroplet droplet) {
        List<MachineBreakage> faults = new ArrayList<>();
        for (DeclaredFault planned : plan.values())
            if (strikeMachine(planned, droplet)) planned.fault.machineBreakage().ifPresent(faults::add);
        return faults;
    }

    /** What is declared to be wrong with this droplet's machine now. */
    public List<MachineBreakage> activeBreakages(LabDroplet droplet) {
        return plan.values().stream()
                .filter(planned -> planned.broken.contains(droplet.id))
                .flatMap(planned -> planned.fault.machineBreakage().stream())
                .toList();
    }

    /** Whether this fault now breaks the droplet's machine. */
    public boolean strikeMachine(DeclaredFault planned, LabDroplet droplet) {
        if (planned.fault.machineBreakage().isEmpty() || !droplet.name.contains(planned.fault.droplet())) return false;
        if (!planned.strikes()) return false;
        planned.broken.add(droplet.id);
        return true;
    }
}
