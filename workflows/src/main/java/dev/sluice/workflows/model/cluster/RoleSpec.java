package dev.sluice.workflows.model.cluster;

import dev.sluice.workflows.model.check.CheckSpec;
import dev.sluice.workflows.model.check.HealthSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the nodes of one role are made and judged.
 *
 * @param size DigitalOcean's size slug
 * @param port where the application listens (app) or clients connect (proxy)
 * @param minimum healthy members that must remain when one leaves; with 0 the last one may leave
 * @param probation how long a new member is watched before it is open to all
 * @param files written at first boot, in this order
 * @param services started at first boot, by unit name
 * @param bake how the role's template is made from a base image
 * @param health what an app server is asked to know whether it serves; of no meaning for proxies
 * @param drain how long an app server that leaves may answer what it has begun to answer; then the rest is cut
 * @param warmup how long a new node may take until the gate opens; empty for the gate's own minute
 */
public record RoleSpec(
        String size,
        int port,
        int minimum,
        Duration probation,
        List<NodeFile> files,
        List<String> services,
        CheckSpec checks,
        BakeSpec bake,
        HealthSpec health,
        Duration drain,
        Optional<Duration> warmup) {
    public static final Duration DRAIN = Duration.ofSeconds(60);

    public RoleSpec {
        files = List.copyOf(files);
        services = List.copyOf(services);
    }

    RoleSpec withDrain(Duration limit) {
        return new RoleSpec(size, port, minimum, probation, files, services, checks, bake, health, limit, warmup);
    }
}
