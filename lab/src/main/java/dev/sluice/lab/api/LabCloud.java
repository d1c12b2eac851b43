package dev.sluice.lab.api;

import dev.sluice.lab.machine.Machines;
import dev.sluice.lab.name.Zones;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The account and all that is in it: what the API shows, and the rules it keeps. All of it behind one lock. */
public final class LabCloud implements Zones, AutoCloseable {
    private static final int INJECTION_SECONDS = 20;

    final Clock clock;
    final LabSettings settings;
    final FaultPlan faults = new FaultPlan();
    final Journal journal = new Journal();
    final Fleet fleet = new Fleet();
    final Works works;
    final Actions actions;
    final Images images;
    final Keys keys;
    final Tags tags;
    final Networks networks;
    final Domains domains = new Domains();
    final Droplets droplets;
    final DropletActions dropletActions;
    final Firewalls firewalls;
    final Guards guards;
    final ReservedAddresses reserved;
    final Destructions destructions;
    final Projects projects;
    final Metrics metrics;
    final Backups backups;
    final Operations operations;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "lab-clock");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledFuture<?> tick;

    /** An account with nothing in it but the images that the machines can boot from; they work on threads of their own. */
    public LabCloud(Machines machines, Clock clock, LabSettings settings) {
        this(machines, clock, settings, Works.pool());
    }

    /**
     * An account over machines that work on these threads. {@code Runnable::run} lets machines in memory do at once what
     * they are asked for: then nothing but the clock decides when the API shows it, and the same requests always have the
     * same answers.
     */
    public LabCloud(Machines machines, Clock clock, LabSettings settings, Executor threads) {
        this.clock = clock;
        this.settings = settings;
        this.works = new Works(clock, threads);
        this.actions = new Actions(clock);
        var least = Duration.ofMillis(settings.delays().action());
        this.images = new Images(machines, works, actions, clock, least);
        this.keys = new Keys(clock, settings.keyListRequests());
        this.tags = new Tags(fleet, images);
        this.networks = new Networks(clock, fleet);
        this.droplets =
                new Droplets(fleet, machines, works, clock, settings, actions, images, keys, networks, tags, faults);
        this.firewalls = new Firewalls(fleet, tags, clock);
        this.guards = new Guards(fleet, firewalls, machines, works, least);
        this.reserved = new ReservedAddresses(fleet, machines, works, actions, droplets, least);
        this.dropletActions = new DropletActions(
                fleet,
                machines,
                works,
                clock,
                settings,
                actions,
                images,
                new Reshaping(machines, images, faults, guards, reserved));
        this.destructions = new Destructions(fleet, droplets, images, reserved, clock);
        this.projects = new Projects(fleet, domains, clock);
        this.metrics = new Metrics(fleet, machines, clock);
        this.backups = new Backups(fleet);
        this.operations = new Operations(this);
        // What nobody asks about has to happen too: a late creation, an address that is free again.
        this.tick = ticks.scheduleWithFixedDelay(this::settle, 50, 50, TimeUnit.MILLISECONDS);
    }

    @Override
    public List<String> domains() {
        return locked(domains::names);
    }

    @Override
    public List<Entry> records(String domain) {
        return locked(() -> domains.served(domain));
    }

    /** Declares a fault; a machine fault breaks the droplets that exist at once, and later ones as they are created. */
    public long plan(Fault fault) {
        if (operations.list().stream().noneMatch(operation -> operation.isMeantBy(fault.operation())))
            throw new IllegalArgumentException("the lab has no operation " + fault.operation());
        return locked(() -> {
            var planned = faults.add(fault);
            fault.machine()
                    .ifPresent(breakage -> fleet.all().stream()
                            .filter(droplet -> !fault.next() && faults.strikes(planned, droplet))
                            .forEach(droplet -> planned.injections.add(droplets.inject(droplet, breakage, true))));
            return planned.id;
        });
    }

    /** What hindered a fault from breaking or mending the machines there are, once that is known; empty if nothing did. */
    Optional<String> hindrance(FaultPlan.Planned planned) {
        var injections = locked(() -> List.copyOf(planned.injections));
        for (var injection : injections) {
            try {
                Exception failure = injection.get(INJECTION_SECONDS, TimeUnit.SECONDS);
                if (failure != null) return Optional.of(String.valueOf(failure.getMessage()));
            } catch (ExecutionException | TimeoutException late) {
                return Optional.of("a machine has not taken it within " + INJECTION_SECONDS + " s");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of("the lab was being closed");
            }
        }
        return Optional.empty();
    }

    /** How often a declared fault has struck. */
    public int fired(long fault) {
        return locked(() -> faults.fired(fault));
    }

    /** Ends a fault, on the machines too; false if there is none of this id. */
    public boolean repair(long fault) {
        return locked(() -> {
            var found = faults.find(fault);
            found.ifPresent(planned -> {
                faults.remove(planned);
                planned.fault
                        .machine()
                        .ifPresent(breakage -> planned.broken.stream()
                                .flatMap(id -> fleet.find(id).stream())
                                .forEach(droplet -> planned.injections.add(droplets.inject(droplet, breakage, false))));
            });
            return found.isPresent();
        });
    }

    /** Lets all that is due by the clock happen, as it would without anybody looking. */
    public void settle() {
        locked(() -> true);
    }

    Answer account(Call call) {
        var account = Json.object()
                .put("droplet_limit", settings.dropletLimit())
                .put("floating_ip_limit", ReservedAddresses.LIMIT)
                .put("reserved_ip_limit", ReservedAddresses.LIMIT)
                .put("email", "lab@sluice.example")
                .put("name", "Sluice lab")
                .put("uuid", "5a7e1ab0-0000-4000-8000-000000000001")
                .put("email_verified", true)
                .put("status", "active")
                .put("status_message", "");
        account.putObject("team")
                .put("uuid", "5a7e1ab0-0000-4000-8000-000000000002")
                .put("name", "My Team");
        return Answer.ok("account", account);
    }

    /** Looks or acts while nobody else does, after all that is due by now has happened. */
    synchronized <T> T locked(Supplier<T> look) {
        if (works.settle()) guards.settle();
        return look.get();
    }

    @Override
    public void close() {
        tick.cancel(false);
        ticks.shutdownNow();
        works.close();
    }
}
