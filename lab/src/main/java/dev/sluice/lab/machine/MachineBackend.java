package dev.sluice.lab.machine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The backend of the machines: Linux namespaces with real userlands, or memory. Calls block until done and may come from
 * several threads; calls for one machine come one after the other.
 */
public interface MachineBackend extends AutoCloseable {
    /** Creates and boots the machine; returns when it has its addresses (its services follow). */
    void create(MachineSpec machine) throws IOException;

    /** Boots a machine that is off; its disk is unchanged. */
    void start(long id) throws IOException;

    /** Cuts the power. */
    void stop(long id) throws IOException;

    /** Requests a shutdown; returns false if the machine still runs after {@code seconds}. */
    boolean shutdown(long id, int seconds) throws IOException;

    /** Removes the machine and its disk. Idempotent. */
    void destroy(long id) throws IOException;

    /** Saves the machine's disk as a new image, host keys and machine-id included, as a real snapshot does. */
    void snapshot(long id, String image) throws IOException;

    /** Deletes an image that {@link #snapshot} saved. */
    void deleteImage(String image) throws IOException;

    /** The keys of the base images: one per supported distribution, such as {@code debian-12-x64}. */
    List<String> baseImages();

    boolean isRunning(long id);

    /** Limits the machine's traffic to the filter; without a filter all traffic passes. */
    void applyFilter(long id, Optional<PacketFilter> filter) throws IOException;

    /** Routes a further public address to the machine, or ends that. */
    void routeAddress(String address, long id, boolean on) throws IOException;

    /** Enlarges the machine's disk. */
    void resizeDisk(long id, int diskMebibytes) throws IOException;

    /** Returns the machine's current usage; empty on the memory backend. */
    Optional<MachineUsage> usage(long id) throws IOException;

    /** Injects a fault into a machine or repairs it; {@link MachineFault} explains the seconds. */
    void inject(long id, MachineFault fault, int seconds, boolean on) throws IOException;

    /** Injects or repairs a fault with its default seconds. */
    default void inject(long id, MachineFault fault, boolean on) throws IOException {
        inject(id, fault, fault.seconds(), on);
    }

    @Override
    void close() throws IOException;
}
