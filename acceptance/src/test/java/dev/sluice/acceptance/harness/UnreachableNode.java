package dev.sluice.acceptance.harness;

/** A node that the workers cannot reach over SSH, while its clients can reach it; ended by closing. */
public final class UnreachableNode implements AutoCloseable {
    private final LabEnvironment world;
    private boolean open = true;

    public UnreachableNode(LabEnvironment world, String node) {
        this.world = world;
        String rule = "add rule inet unreachable out ip daddr %s tcp dport 22 drop".formatted(world.address(node));
        world.requireSuccess(world.runInNetwork(
                "nft",
                "add table inet unreachable; "
                        + "add chain inet unreachable out { type filter hook output priority 0; policy accept; }; "
                        + rule));
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            world.requireSuccess(world.runInNetwork("nft", "delete table inet unreachable"));
        }
    }
}
