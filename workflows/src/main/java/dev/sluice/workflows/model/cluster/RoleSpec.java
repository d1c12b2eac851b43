package dev.sluice.workflows.model.cluster;

import dev.sluice.workflows.model.check.CheckSpec;
import java.time.Duration;
import java.util.List;

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
 */
public record RoleSpec(
        String size,
        int port,
        int minimum,
        Duration probation,
        List<NodeFile> files,
        List<String> services,
        CheckSpec checks,
        BakeSpec bake) {
    public RoleSpec {
        files = List.copyOf(files);
        services = List.copyOf(services);
    }
}
