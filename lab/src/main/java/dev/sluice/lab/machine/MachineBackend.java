package dev.sluice.lab.machine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where machines live. Two kinds: Linux namespaces with real userlands, and memory. Calls block until done and may come
 * from several threads; calls for one machine come one after the other.
 */
public interface MachineBackend extends AutoCloseable {
    /** Makes the machine and boots it; returns when it has its addresses (its services follow). */
    void create(MachineSpec machine) throws IOException;

    /** Boots a machine that is off; its disk is as it was left. */
    void start(long id) throws IOException;

    /** Cuts the power. */
    void stop(long id) throws IOException;

    /** Asks the machine to shut down; false if it has not within {@code seconds}. */
    boolean shutdown(long id, int seconds) throws IOException;

    /** Removes the machine and its disk. Removing what is not there is no error. */
    void destroy(long id) throws IOException;

    /** Keeps the machine's disk as a new image, host keys and machine-id included, as a real snapshot does. */
    void snapshot(long id, String image) throws IOException;

    /** Forgets an image that {@link #snapshot} made. */
    void deleteImage(String image) throws IOException;

    /** The keys of the images that there are from the start: one per supported distribution, such as {@code debian-12-x64}. */
    List<String> baseImages();

    boolean isRunning(long id);

    /** From now on only what the filter says goes in and out of the machine; without one everything does. */
    void applyFilter(long id, Optional<PacketFilter> filter) throws IOException;

    /** A further public address leads to the machine, or does no longer. */
    void routeAddress(String address, long id, boolean on) throws IOException;

    /** Gives the machine's disk another size, not smaller than it is. */
    void resizeDisk(long id, int diskMebibytes) throws IOException;

    /** What the machine uses now; empty if nothing runs that could use anything. */
    Optional<MachineUsage> usage(long id) throws IOException;

    /** Makes something about one machine go wrong, or right again; see {@link MachineFault}, also for the seconds. */
    void inject(long id, MachineFault fault, int seconds, boolean on) throws IOException;

    /** The same with the fault's own seconds. */
    default void inject(long id, MachineFault fault, boolean on) throws IOException {
        inject(id, fault, fault.seconds(), on);
    }

    @Override
    void close() throws IOException;
}
