package dev.sluice.lab.network;

import dev.sluice.lab.account.LabRuntime;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.droplets.DropletOperations;
import dev.sluice.lab.droplets.DropletStore;
import dev.sluice.lab.tags.TagOperations;
import java.util.List;
import java.util.stream.Stream;

/** The network of the droplets: VPCs, firewalls and reserved addresses. */
public final class NetworkOperations {
    private final VpcOperations vpcs;
    private final FirewallOperations firewalls;
    private final ReservedIpOperations addresses;

    public NetworkOperations(LabRuntime runtime, DropletStore fleet, TagOperations tags) {
        this.vpcs = new VpcOperations(runtime.clock(), fleet);
        this.firewalls = new FirewallOperations(runtime, fleet, tags);
        this.addresses = new ReservedIpOperations(runtime, fleet);
    }

    public List<ApiOperation> operations() {
        return Stream.of(vpcs.operations(), firewalls.operations(), addresses.operations())
                .flatMap(List::stream)
                .toList();
    }

    public DropletOperations.VpcPlacement vpcs() {
        return vpcs::resolveVpc;
    }

    public DropletOperations.AssociatedAddresses addresses() {
        return addresses;
    }

    /** Brings the machines' packet filters in line with the firewalls. */
    public void reconcileFirewalls() {
        firewalls.reconcile();
    }
}
