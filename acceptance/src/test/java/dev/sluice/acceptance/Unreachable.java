package dev.sluice.acceptance;

/** A node that the workers cannot reach over SSH, while its clients can reach it; ended by closing. */
final class Unreachable implements AutoCloseable {
    private final World world;
    private boolean open = true;

    Unreachable(World world, String node) {
        this.world = world;
        String rule = "add rule inet unreachable out ip daddr %s tcp dport 22 drop".formatted(world.address(node));
        world.must(world.inside(
                "nft",
                "add table inet unreachable; "
                        + "add chain inet unreachable out { type filter hook output priority 0; policy accept; }; "
                        + rule));
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            world.must(world.inside("nft", "delete table inet unreachable"));
        }
    }
}
