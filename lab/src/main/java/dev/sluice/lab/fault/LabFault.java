package dev.sluice.lab.fault;

import dev.sluice.lab.machine.MachineFault;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fault as it is declared.
 *
 * @param name an {@link ApiFault} or a {@link MachineFault} by its word
 * @param operation the requests it strikes: an operation of the README such as {@code POST /v2/droplets}, a method, or
 *     empty for any; machine faults have none
 * @param droplet part of the name of the droplets it strikes; empty for any
 * @param nth the first match that it strikes, counted from 1
 * @param times how many matches it strikes; 0 for all
 * @param seconds Retry-After of a 429, how late a late creation is, how wrong a clock is, how soon a machine reboots
 * @param next a machine fault only: the droplets that exist already are spared
 */
public record LabFault(String name, String operation, String droplet, int nth, int times, int seconds, boolean next) {
    public LabFault {
        if (ApiFault.named(name).isEmpty() && machine(name).isEmpty()) {
            throw new IllegalArgumentException("there is no fault %s; there are %s".formatted(name, allNames()));
        }
        if (machine(name).isPresent() && !operation.isEmpty()) {
            throw new IllegalArgumentException(name + " is a fault of machines, it strikes no operation");
        }
        if (next && machine(name).isEmpty()) {
            throw new IllegalArgumentException(name + " is a fault of requests: it strikes the next ones anyway");
        }
        if (nth < 1 || times < 0 || seconds < 0) {
            throw new IllegalArgumentException("nth counts from 1, times and seconds are 0 or more");
        }
    }

    /** One strike at the first request that fits. */
    public static LabFault of(ApiFault fault) {
        return new LabFault(fault.word(), fault.operation(), "", 1, 1, fault.seconds(), false);
    }

    /** A fault of every machine whose droplet's name has the text in it. */
    public static LabFault of(MachineFault fault, String droplet) {
        return new LabFault(fault.word(), "", droplet, 1, 0, fault.seconds(), false);
    }

    /** A fault of the machine of the next droplet whose name has the text in it. */
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

    /** The seconds of a fault of this name when none are named. */
    public static int defaultSeconds(String name) {
        return ApiFault.named(name)
                .map(ApiFault::seconds)
                .or(() -> machine(name).map(MachineFault::seconds))
                .orElse(0);
    }

    /** Every name a fault can have. */
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
