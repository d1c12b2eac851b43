package dev.sluice.lab.api;

/** All that the lab's API promises, whatever its machines are made of. */
abstract class LabApiContract
        implements DropletContract,
                ActionContract,
                ImageContract,
                TagContract,
                KeyContract,
                DomainContract,
                NetworkContract,
                ProtocolContract,
                FaultContract,
                FirewallContract,
                ReservedContract,
                ReshapingContract,
                DestructionContract,
                ProjectContract,
                MetricsContract,
                DelaysContract {}
