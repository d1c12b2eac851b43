package dev.sluice.lab.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The declared faults, and how often each has struck: a test whose fault did not fire must fail. */
public final class DeclaredFaults {
    /** A declared fault with its counts. */
    public static final class DeclaredFault {
        private final long id;
        private final LabFault fault;
        private final Set<Long> broken = new LinkedHashSet<>();
        private final List<CompletableFuture<@Nullable Exception>> injections = new ArrayList<>();
        private int matches;
        private int fired;

        private DeclaredFault(long id, LabFault fault) {
            this.id = id;
            this.fault = fault;
        }

        public long id() {
            return id;
        }

        public LabFault fault() {
            return fault;
        }

        /** The ids of the droplets whose machines it broke. */
        public List<Long> broken() {
            return List.copyOf(broken);
        }

        /** The injections and repairs that it caused; each ends with its failure, or null. */
        public List<CompletableFuture<@Nullable Exception>> injections() {
            return List.copyOf(injections);
        }

        public void addInjection(CompletableFuture<@Nullable Exception> injection) {
            injections.add(injection);
        }

        /** Counts a droplet that matches; true if the fault breaks its machine now. */
        public boolean strikesMachine(long droplet, String name) {
            if (fault.machineBreakage().isEmpty() || !name.contains(fault.droplet()) || !strikes()) {
                return false;
            }
            broken.add(droplet);
            return true;
        }

        /** Counts a match; true if the fault strikes it. */
        private boolean strikes() {
            matches++;
            boolean strikes = matches >= fault.nth() && (fault.times() == 0 || fired < fault.times());
            if (strikes) {
                fired++;
            }
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
        DeclaredFault planned = new DeclaredFault(nextId++, fault);
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
            LabFault fault = planned.fault;
            if (fault.apiFault().isEmpty() || !operation.matchesSelector(fault.operation())) {
                continue;
            }
            if (!fault.droplet().isEmpty() && droplets.stream().noneMatch(name -> name.contains(fault.droplet()))) {
                continue;
            }
            if (planned.strikes()) {
                return Optional.of(new FaultStrike(fault.apiFault().get(), fault.seconds()));
            }
        }
        return Optional.empty();
    }

    /** The faults that strike the machine of a droplet that is created now. */
    public List<MachineBreakage> strikeNewDroplet(long droplet, String name) {
        return plan.values().stream()
                .filter(planned -> planned.strikesMachine(droplet, name))
                .flatMap(planned -> planned.fault.machineBreakage().stream())
                .toList();
    }

    /** The faults in force on a droplet's machine. */
    public List<MachineBreakage> activeBreakages(long droplet) {
        return plan.values().stream()
                .filter(planned -> planned.broken.contains(droplet))
                .flatMap(planned -> planned.fault.machineBreakage().stream())
                .toList();
    }
}
