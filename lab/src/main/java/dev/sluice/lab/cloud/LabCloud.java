package dev.sluice.lab.cloud;

import dev.sluice.lab.account.ActionLog;
import dev.sluice.lab.account.DeferredWork;
import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.account.SshKeyOperations;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.dns.DnsZones;
import dev.sluice.lab.domains.DomainOperations;
import dev.sluice.lab.droplets.DeclaredFaults;
import dev.sluice.lab.droplets.DropletOperations;
import dev.sluice.lab.droplets.DropletStore;
import dev.sluice.lab.droplets.ImageOperations;
import dev.sluice.lab.droplets.TagOperations;
import dev.sluice.lab.droplets.VpcOperations;
import dev.sluice.lab.fault.LabFault;
import dev.sluice.lab.machine.MachineBackend;
import dev.sluice.lab.network.FirewallEnforcement;
import dev.sluice.lab.network.FirewallOperations;
import dev.sluice.lab.network.ReservedIpOperations;
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
public final class LabCloud implements DnsZones, AutoCloseable {
    private static final int INJECTION_SECONDS = 20;

    final Clock clock;
    final LabSettings settings;
    final DeclaredFaults faults = new DeclaredFaults();
    final RequestJournal journal = new RequestJournal();
    final DropletStore fleet = new DropletStore();
    final DeferredWork works;
    final ActionLog actions;
    final ImageOperations images;
    final SshKeyOperations keys;
    final TagOperations tags;
    final VpcOperations networks;
    final DomainOperations domains = new DomainOperations();
    final DropletOperations droplets;
    final DropletActions dropletActions;
    final FirewallOperations firewalls;
    final FirewallEnforcement guards;
    final ReservedIpOperations reserved;
    final DestroyWithResources destructions;
    final ProjectOperations projects;
    final MetricOperations metrics;
    final BackupOperations backups;
    final ApiOperations operations;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "lab-clock");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledFuture<?> tick;

    /** An account with nothing in it but the images that the machines can boot from; they work on threads of their own. */
    public LabCloud(MachineBackend machines, Clock clock, LabSettings settings) {
        this(machines, clock, settings, DeferredWork.pool());
    }

    /**
     * An account over machines that work on these threads. {@code Runnable::run} lets machines in memory do at once what
     * they are asked for: then nothing but the clock decides when the API shows it, and the same requests always have the
     * same answers.
     */
    public LabCloud(MachineBackend machines, Clock clock, LabSettings settings, Executor threads) {
        this.clock = clock;
        this.settings = settings;
        this.works = new DeferredWork(clock, threads);
        this.actions = new ActionLog(clock);
        var least = Duration.ofMillis(settings.delays().action());
        this.images = new ImageOperations(machines, works, actions, clock, least);
        this.keys = new SshKeyOperations(clock, settings.keyListRequests());
        this.tags = new TagOperations(fleet, images);
        this.networks = new VpcOperations(clock, fleet);
        this.droplets = new DropletOperations(
                fleet, machines, works, clock, settings, actions, images, keys, networks, tags, faults);
        this.firewalls = new FirewallOperations(fleet, tags, clock);
        this.guards = new FirewallEnforcement(fleet, firewalls, machines, works, least);
        this.reserved = new ReservedIpOperations(fleet, machines, works, actions, droplets, least);
        this.dropletActions = new DropletActions(
                fleet,
                machines,
                works,
                clock,
                settings,
                actions,
                images,
                new RebuildAndResize(machines, images, faults, guards, reserved));
        this.destructions = new DestroyWithResources(fleet, droplets, images, reserved, clock);
        this.projects = new ProjectOperations(fleet, domains, clock);
        this.metrics = new MetricOperations(fleet, machines, clock);
        this.backups = new BackupOperations(fleet);
        this.operations = new ApiOperations(this);
        // What nobody asks about has to happen too: a late creation, an address that is free again.
        this.tick = ticks.scheduleWithFixedDelay(this::applyDueEffects, 50, 50, TimeUnit.MILLISECONDS);
    }

    @Override
    public List<String> domains() {
        return withLock(domains::names);
    }

    @Override
    public List<ZoneRecord> records(String domain) {
        return withLock(() -> domains.servedRecords(domain));
    }

    /** Declares a fault; a machine fault breaks the droplets that exist at once, and later ones as they are created. */
    public long declareFault(LabFault fault) {
        if (operations.list().stream().noneMatch(operation -> operation.matchesSelector(fault.operation())))
            throw new IllegalArgumentException("the lab has no operation " + fault.operation());
        return withLock(() -> {
            var planned = faults.add(fault);
            fault.machineBreakage()
                    .ifPresent(breakage -> fleet.all().stream()
                            .filter(droplet -> !fault.next() && faults.strikeMachine(planned, droplet))
                            .forEach(droplet -> planned.injections.add(droplets.inject(droplet, breakage, true))));
            return planned.id;
        });
    }

    /** What hindered a fault from breaking or mending the machines there are, once that is known; empty if nothing did. */
    Optional<String> awaitInjections(DeclaredFaults.DeclaredFault planned) {
        var injections = withLock(() -> List.copyOf(planned.injections));
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
    public int timesFired(long fault) {
        return withLock(() -> faults.timesFired(fault));
    }

    /** Ends a fault, on the machines too; false if there is none of this id. */
    public boolean endFault(long fault) {
        return withLock(() -> {
            var found = faults.find(fault);
            found.ifPresent(planned -> {
                faults.remove(planned);
                planned.fault
                        .machineBreakage()
                        .ifPresent(breakage -> planned.broken.stream()
                                .flatMap(id -> fleet.find(id).stream())
                                .forEach(droplet -> planned.injections.add(droplets.inject(droplet, breakage, false))));
            });
            return found.isPresent();
        });
    }

    /** Lets all that is due by the clock happen, as it would without anybody looking. */
    public void applyDueEffects() {
        withLock(() -> true);
    }

    ApiResponse account(RoutedRequest call) {
        var account = ApiJson.object()
                .put("droplet_limit", settings.dropletLimit())
                .put("floating_ip_limit", ReservedIpOperations.LIMIT)
                .put("reserved_ip_limit", ReservedIpOperations.LIMIT)
                .put("email", "lab@sluice.example")
                .put("name", "Sluice lab")
                .put("uuid", "5a7e1ab0-0000-4000-8000-000000000001")
                .put("email_verified", true)
                .put("status", "active")
                .put("status_message", "");
        account.putObject("team")
                .put("uuid", "5a7e1ab0-0000-4000-8000-000000000002")
                .put("name", "My Team");
        return ApiResponse.ok("account", account);
    }

    /** Looks or acts while nobody else does, after all that is due by now has happened. */
    synchronized <T> T withLock(Supplier<T> look) {
        if (works.applyDueEffects()) guards.reconcile();
        return look.get();
    }

    @Override
    public void close() {
        tick.cancel(false);
        ticks.shutdownNow();
        works.close();
    }
}
