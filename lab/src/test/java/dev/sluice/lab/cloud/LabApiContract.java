package dev.sluice.lab.cloud;

/** All that the lab's API promises, whatever its machines are made of. */
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
