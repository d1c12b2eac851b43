package dev.sluice.lab.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.account.AccountOperations;
import dev.sluice.lab.account.ActionLog;
import dev.sluice.lab.account.DeferredWork;
import dev.sluice.lab.account.LabRuntime;
import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.account.SshKeyOperations;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.dns.DnsZones;
import dev.sluice.lab.domains.DomainOperations;
import dev.sluice.lab.droplets.DropletOperations;
import dev.sluice.lab.droplets.DropletStore;
import dev.sluice.lab.fault.DeclaredFaults;
import dev.sluice.lab.fault.LabFault;
import dev.sluice.lab.images.ImageOperations;
import dev.sluice.lab.machine.MachineBackend;
import dev.sluice.lab.network.NetworkOperations;
import dev.sluice.lab.tags.TagOperations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The account with all its resources behind one lock. */
public final class LabCloud implements DnsZones, AutoCloseable {
    private static final int INJECTION_SECONDS = 20;

    private final LabRuntime runtime;
    private final DeclaredFaults faults = new DeclaredFaults();
    private final AccountInventory inventory;
    private final DropletOperations droplets;
    private final NetworkOperations network;
    private final List<ApiOperation> operations;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "lab-clock");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledFuture<?> tick;

    /** An account with the base images of the machines, which work on threads of their own. */
    public LabCloud(MachineBackend machines, Clock clock, LabSettings settings) {
        this(machines, clock, settings, DeferredWork.pool());
    }

    /**
     * An account over machines that work on these threads. With {@code Runnable::run}, machines in memory finish their
     * work at once: then only the clock decides when the API shows an effect, and equal requests have equal
     * responses.
     */
    public LabCloud(MachineBackend machines, Clock clock, LabSettings settings, Executor threads) {
        this.runtime =
                new LabRuntime(machines, new DeferredWork(clock, threads), new ActionLog(clock), clock, settings);
        ImageOperations images = new ImageOperations(runtime);
        DropletStore fleet = new DropletStore(machines, images);
        TagOperations tags = new TagOperations(fleet::all, images::snapshots);
        SshKeyOperations keys = new SshKeyOperations(clock, settings.keyListRequests());
        DomainOperations domains = new DomainOperations();
        this.inventory = new AccountInventory(fleet, images, tags, keys, domains);
        this.network = new NetworkOperations(runtime, fleet, tags);
        this.droplets =
                new DropletOperations(runtime, fleet, images, keys, tags, network.vpcs(), network.addresses(), faults);
        this.operations = Stream.of(
                        new AccountOperations(runtime, inventory::urns).operations(),
                        droplets.operations(),
                        runtime.actions().operations(),
                        images.operations(),
                        tags.operations(),
                        keys.operations(),
                        domains.operations(),
                        network.operations())
                .flatMap(List::stream)
                .toList();
        // Effects must happen without requests, too: a late creation, an address that is free again.
        this.tick = ticks.scheduleWithFixedDelay(this::applyDueEffects, 50, 50, TimeUnit.MILLISECONDS);
    }

    @Override
    public List<String> domains() {
        return withLock(inventory.domains()::names);
    }

    @Override
    public List<ZoneRecord> records(String domain) {
        return withLock(() -> inventory.domains().servedRecords(domain));
    }

    /** Declares a fault. A machine fault breaks existing machines at once, and later ones as they are created. */
    public long declareFault(LabFault fault) {
        if (operations.stream().noneMatch(operation -> operation.matchesSelector(fault.operation()))) {
            throw new IllegalArgumentException("the lab has no operation " + fault.operation());
        }
        return withLock(() -> {
            DeclaredFaults.DeclaredFault planned = faults.add(fault);
            droplets.inject(planned);
            return planned.id();
        });
    }

    /** Waits until a fault's injections and repairs have ended; returns the reason if one failed. */
    public Optional<String> awaitInjections(DeclaredFaults.DeclaredFault planned) {
        List<CompletableFuture<@Nullable Exception>> injections = withLock(planned::injections);
        for (CompletableFuture<Exception> injection : injections) {
            try {
                Exception failure = injection.get(INJECTION_SECONDS, TimeUnit.SECONDS);
                if (failure != null) {
                    return Optional.of(String.valueOf(failure.getMessage()));
                }
            } catch (ExecutionException | TimeoutException late) {
                return Optional.of("a machine did not respond within %d s".formatted(INJECTION_SECONDS));
            } catch (InterruptedException interrupted) {
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

    /** Ends a fault and repairs its machines; returns false if the id is unknown. */
    public boolean endFault(long fault) {
        return withLock(() -> {
            Optional<DeclaredFaults.DeclaredFault> found = faults.find(fault);
            found.ifPresent(planned -> {
                faults.remove(planned);
                droplets.repair(planned);
            });
            return found.isPresent();
        });
    }

    /** Applies all effects that are due by the clock. */
    public void applyDueEffects() {
        withLock(() -> true);
    }

    /** All operations of the API; requests are routed by this list. */
    public List<ApiOperation> operations() {
        return operations;
    }

    public LabSettings settings() {
        return runtime.settings();
    }

    public Instant now() {
        return runtime.now();
    }

    public Optional<DeclaredFaults.DeclaredFault> findFault(long fault) {
        return withLock(() -> faults.find(fault));
    }

    public List<DeclaredFaults.DeclaredFault> faults() {
        return withLock(faults::all);
    }

    /** The first declared fault that strikes this request. */
    public Optional<DeclaredFaults.FaultStrike> strike(ApiOperation operation, RoutedRequest call) {
        return faults.strikeRequest(operation, inventory.droplets().namesIn(call));
    }

    /** Runs an effect when so many seconds have passed by the clock. */
    public void schedule(int seconds, Runnable effect) {
        runtime.works().schedule(Duration.ofSeconds(seconds), ignored -> effect.run());
    }

    /** Lets the name server answer today's records for so many seconds, whatever changes. */
    public void freezeDns(int seconds) {
        long freeze = inventory.domains().freezeAnswers();
        schedule(seconds, () -> inventory.domains().thawAnswers(freeze));
    }

    /** Brings the machines' packet filters in line with the firewalls. */
    public void reconcileFirewalls() {
        network.reconcileFirewalls();
    }

    AccountInventory contents() {
        return inventory;
    }

    /** The account's resources at one moment, as a test sees them without spending requests. */
    public ObjectNode inventory() {
        return withLock(inventory::json);
    }

    /** Runs the work under the account's lock, after all effects that are due. */
    public synchronized <T> T withLock(Supplier<T> look) {
        if (runtime.works().applyDueEffects()) {
            network.reconcileFirewalls();
        }
        return look.get();
    }

    @Override
    public void close() {
        tick.cancel(false);
        ticks.shutdownNow();
        runtime.works().close();
    }
}
