package dev.sluice.lab.fault;

import dev.sluice.lab.machine.MachineFault;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The declaration of a fault.
 *
 * @param name the word of an {@link ApiFault} or a {@link MachineFault}
 * @param operation the requests it strikes: an operation of the README such as {@code POST /v2/droplets}, a method, or
 *     empty for any; machine faults have none
 * @param droplet part of the name of the droplets it strikes; empty for any
 * @param nth the first match that it strikes, counted from 1
 * @param times how many matches it strikes; 0 for all
 * @param seconds Retry-After of a 429, delay of a late creation, error of a clock, or delay of a reboot
 * @param next for machine faults: existing droplets are spared
 */
public record LabFault(String name, String operation, String droplet, int nth, int times, int seconds, boolean next) {
    public LabFault {
        if (ApiFault.named(name).isEmpty() && machine(name).isEmpty()) {
            throw new IllegalArgumentException("there is no fault %s; there are %s".formatted(name, allNames()));
        }
        if (machine(name).isPresent() && !operation.isEmpty()) {
            throw new IllegalArgumentException(name + " is a fault of machines and strikes no operation");
        }
        if (next && machine(name).isEmpty()) {
            throw new IllegalArgumentException(name + " is a fault of requests: it strikes the next ones anyway");
        }
        if (nth < 1 || times < 0 || seconds < 0) {
            throw new IllegalArgumentException("nth counts from 1, times and seconds are 0 or more");
        }
    }

    /** A fault that strikes the first request that matches. */
    public static LabFault of(ApiFault fault) {
        return new LabFault(fault.word(), fault.operation(), "", 1, 1, fault.seconds(), false);
    }

    /** A fault of every machine whose droplet's name contains the text. */
    public static LabFault of(MachineFault fault, String droplet) {
        return new LabFault(fault.word(), "", droplet, 1, 0, fault.seconds(), false);
    }

    /** A fault of the machine of the next droplet whose name contains the text. */
    public static LabFault ofNext(MachineFault fault, String droplet) {
        return new LabFault(fault.word(), "", droplet, 1, 1, fault.seconds(), true);
    }

    public LabFault withOperation(String newOperation) {
        return new LabFault(name, newOperation, droplet, nth, times, seconds, next);
    }

    public LabFault withDroplet(String part) {
        return new LabFault(name, operation, part, nth, times, seconds, next);
    }

    public LabFault withOccurrences(int first, int count) {
        return new LabFault(name, operation, droplet, first, count, seconds, next);
    }

    public LabFault withSeconds(int newSeconds) {
        return new LabFault(name, operation, droplet, nth, times, newSeconds, next);
    }

    public Optional<ApiFault> apiFault() {
        return ApiFault.named(name);
    }

    public Optional<MachineBreakage> machineBreakage() {
        return machine(name).map(fault -> new MachineBreakage(fault, seconds));
    }

    /** Returns the default seconds of a fault. */
    public static int defaultSeconds(String name) {
        return ApiFault.named(name)
                .map(ApiFault::seconds)
                .or(() -> machine(name).map(MachineFault::seconds))
                .orElse(0);
    }

    /** Returns the names of all faults. */
    static String allNames() {
        Stream<String> api = Arrays.stream(ApiFault.values()).map(ApiFault::word);
        Stream<String> machine = Arrays.stream(MachineFault.values()).map(MachineFault::word);
        return Stream.concat(api, machine).collect(Collectors.joining(", "));
    }

    private static Optional<MachineFault> machine(String word) {
        return Arrays.stream(MachineFault.values())
                .filter(fault -> fault.word().equals(word))
                .findFirst();
    }
}
