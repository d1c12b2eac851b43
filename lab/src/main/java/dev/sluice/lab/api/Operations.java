package dev.sluice.lab.api;

import java.util.List;
import java.util.stream.Collectors;

/** All that the lab's API can do: requests are routed from this list, and the README's table is made from it. */
final class Operations {
    private final List<Operation> list;

    Operations(LabCloud cloud) {
        this.list = List.of(
                get("/v2/account", "the account and its droplet limit", cloud::account),
                get("/v2/regions", "three regions, all on this machine", Catalog::regions),
                get("/v2/sizes", "sizes, the smallest with half a terabyte of transfer", Catalog::sizes),
                get("/v2/droplets", "`name` (exact, any case), `tag_name`, `type`", cloud.droplets::list),
                post("/v2/droplets", "one (`name`) or up to ten (`names`)", cloud.droplets::create),
                delete("/v2/droplets", "all with `tag_name`", cloud.droplets::deleteTagged),
                get("/v2/droplets/{droplet}", "", cloud.droplets::get),
                delete(
                        "/v2/droplets/{droplet}",
                        "gone at once; its address is free when the machine is",
                        cloud.droplets::delete),
                get("/v2/droplets/{droplet}/snapshots", "ids are numbers here", cloud.droplets::snapshots),
                get("/v2/droplets/{droplet}/actions", "newest first", cloud.dropletActions::list),
                post(
                        "/v2/droplets/{droplet}/actions",
                        "power_on, power_off, shutdown, reboot, power_cycle, snapshot, rename",
                        cloud.dropletActions::begin),
                get("/v2/droplets/{droplet}/actions/{action}", "", cloud.dropletActions::get),
                get("/v2/droplets/{droplet}/kernels", "always empty", call -> cloud.droplets.none(call, "kernels")),
                get("/v2/droplets/{droplet}/backups", "always empty", call -> cloud.droplets.none(call, "backups")),
                get("/v2/droplets/{droplet}/neighbors", "always empty", call -> cloud.droplets.none(call, "droplets")),
                get("/v2/droplets/{droplet}/firewalls", "always empty", call -> cloud.droplets.none(call, "firewalls")),
                get("/v2/actions", "newest first", cloud.actions::list),
                get("/v2/actions/{action}", "ids above 2^31", cloud.actions::get),
                get("/v2/images", "`type`, `private`, `tag_name`", cloud.images::list),
                get("/v2/images/{image}", "by id, or by a distribution's slug", cloud.images::get),
                put("/v2/images/{image}", "renames a snapshot", cloud.images::rename),
                delete("/v2/images/{image}", "snapshots only", cloud.images::delete),
                get("/v2/snapshots", "`resource_type`; ids are texts here", cloud.images::listSnapshots),
                get("/v2/snapshots/{snapshot}", "", cloud.images::getSnapshot),
                delete("/v2/snapshots/{snapshot}", "", cloud.images::deleteSnapshot),
                get("/v2/tags", "with counts", cloud.tags::list),
                post("/v2/tags", "a tag that exists is no error", cloud.tags::create),
                get("/v2/tags/{tag}", "", cloud.tags::get),
                delete("/v2/tags/{tag}", "takes it off all that carries it", cloud.tags::delete),
                post("/v2/tags/{tag}/resources", "droplets and images", cloud.tags::attach),
                delete("/v2/tags/{tag}/resources", "with a body, as outside", cloud.tags::detach),
                get("/v2/account/keys", "limited to 10 in 60 s", cloud.keys::list),
                post("/v2/account/keys", "", cloud.keys::create),
                get("/v2/account/keys/{key}", "by id or fingerprint", cloud.keys::get),
                put("/v2/account/keys/{key}", "renames", cloud.keys::rename),
                delete("/v2/account/keys/{key}", "", cloud.keys::delete),
                get("/v2/domains", "", cloud.domains::list),
                post("/v2/domains", "with NS records, and an A if `ip_address` is given", cloud.domains::create),
                get("/v2/domains/{domain}", "with `zone_file`", cloud.domains::get),
                delete("/v2/domains/{domain}", "", cloud.domains::delete),
                get("/v2/domains/{domain}/records", "`type`, `name` (the full name)", cloud.domains::listRecords),
                post(
                        "/v2/domains/{domain}/records",
                        "A, AAAA, CAA, CNAME, MX, NS, SRV, TXT",
                        cloud.domains::createRecord),
                get("/v2/domains/{domain}/records/{record}", "", cloud.domains::getRecord),
                patch("/v2/domains/{domain}/records/{record}", "only what changes", cloud.domains::patchRecord),
                put("/v2/domains/{domain}/records/{record}", "needs `type`", cloud.domains::putRecord),
                delete("/v2/domains/{domain}/records/{record}", "", cloud.domains::deleteRecord),
                get("/v2/vpcs", "a default one per region", cloud.networks::list),
                post("/v2/vpcs", "a label only: all droplets share one private network", cloud.networks::create),
                get("/v2/vpcs/{vpc}", "", cloud.networks::get),
                put("/v2/vpcs/{vpc}", "name and description", cloud.networks::update),
                patch("/v2/vpcs/{vpc}", "name and description", cloud.networks::update),
                delete("/v2/vpcs/{vpc}", "refused with members, and for a default one", cloud.networks::delete),
                get("/v2/vpcs/{vpc}/members", "`resource_type`", cloud.networks::members),
                get("/v2/firewalls", "always empty", call -> Page.of(call, "firewalls", List.of(), Json::same)));
    }

    List<Operation> list() {
        return list;
    }

    /** The README's table. */
    String table() {
        return list.stream()
                .map(operation -> "| `" + operation.title() + "` | " + operation.says() + " |\n")
                .collect(Collectors.joining("", "| operation | in the lab |\n|---|---|\n", ""));
    }

    private static Operation get(String template, String says, Operation.Handler handler) {
        return new Operation("GET", template, says, handler);
    }

    private static Operation post(String template, String says, Operation.Handler handler) {
        return new Operation("POST", template, says, handler);
    }

    private static Operation put(String template, String says, Operation.Handler handler) {
        return new Operation("PUT", template, says, handler);
    }

    private static Operation patch(String template, String says, Operation.Handler handler) {
        return new Operation("PATCH", template, says, handler);
    }

    private static Operation delete(String template, String says, Operation.Handler handler) {
        return new Operation("DELETE", template, says, handler);
    }
}
