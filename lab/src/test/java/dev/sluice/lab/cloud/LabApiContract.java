package dev.sluice.lab.cloud;

/** All contracts of the lab's API, for every backend. */
abstract class LabApiContract
        implements DropletContract,
                DropletActionContract,
                ImageContract,
                TagContract,
                SshKeyContract,
                DomainContract,
                VpcContract,
                ProtocolContract,
                FaultContract,
                FirewallContract,
                ReservedIpContract,
                RebuildAndResizeContract,
                DestroyWithResourcesContract,
                ProjectContract,
                MetricContract,
                VisibilityDelaysContract {}
