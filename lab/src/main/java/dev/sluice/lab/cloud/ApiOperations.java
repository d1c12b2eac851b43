package dev.sluice.lab.cloud;

import dev.sluice.lab.account.RegionCatalog;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ResultPage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All that the lab's API can do: requests are routed from this list, and the README's table is made from it. */
final class ApiOperations {
    private static final String METRIC = "the value of now; none for machines in memory";

    private final List<ApiOperation> list;

    ApiOperations(LabCloud cloud) {
        var all = new ArrayList<ApiOperation>(List.of(
                get("/v2/account", "the account and its droplet limit", cloud::account),
                get("/v2/regions", "three regions, all on this machine", RegionCatalog::regions),
                get("/v2/sizes", "sizes, the smallest with half a terabyte of transfer", RegionCatalog::sizes),
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
                        "power_on, power_off, shutdown, reboot, power_cycle, snapshot, rename, rebuild, restore, resize",
                        cloud.dropletActions::begin),
                get("/v2/droplets/{droplet}/actions/{action}", "", cloud.dropletActions::get),
                get(
                        "/v2/droplets/{droplet}/kernels",
                        "always empty",
                        call -> cloud.droplets.listNothing(call, "kernels")),
                get(
                        "/v2/droplets/{droplet}/backups",
                        "always empty",
                        call -> cloud.droplets.listNothing(call, "backups")),
                get(
                        "/v2/droplets/{droplet}/neighbors",
                        "always empty",
                        call -> cloud.droplets.listNothing(call, "droplets")),
                get("/v2/droplets/{droplet}/firewalls", "those that cover it", cloud.firewalls::listForDroplet),
                post(
                        "/v2/droplets/actions",
                        "on all with `tag_name`, or on none: power_on, power_off, shutdown, power_cycle, snapshot",
                        cloud.dropletActions::beginTagged),
                get("/v2/droplets/{droplet}/backups/policy", "never enabled", cloud.backups::policy),
                get("/v2/droplets/backups/policies", "always empty", cloud.backups::policies),
                get("/v2/droplets/backups/supported_policies", "always empty", cloud.backups::supported),
                get(
                        "/v2/droplets/{droplet}/destroy_with_associated_resources",
                        "its snapshots and reserved addresses",
                        cloud.destructions::list),
                delete(
                        "/v2/droplets/{droplet}/destroy_with_associated_resources/selective",
                        "the droplet and what is named",
                        cloud.destructions::destroySelected),
                delete(
                        "/v2/droplets/{droplet}/destroy_with_associated_resources/dangerous",
                        "with the header `X-Dangerous: true`",
                        cloud.destructions::destroyAll),
                get("/v2/droplets/{droplet}/destroy_with_associated_resources/status", "", cloud.destructions::status),
                post(
                        "/v2/droplets/{droplet}/destroy_with_associated_resources/retry",
                        "409 while it goes on",
                        cloud.destructions::retry),
                get("/v2/actions", "newest first", cloud.actions::list),
                get("/v2/actions/{action}", "ids above 2^31", cloud.actions::get),
                get("/v2/images", "`type`, `private`, `tag_name`", cloud.images::list),
                get("/v2/images/{image}", "by id, or by a distribution's slug", cloud.images::get),
                get("/v2/images/{image}/actions", "newest first", cloud.images::actions),
                post("/v2/images/{image}/actions", "transfer", cloud.images::begin),
                get("/v2/images/{image}/actions/{action}", "", cloud.images::action),
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
                patch("/v2/domains/{domain}/records/{record}", "only what changes", cloud.domains::changeRecord),
                put("/v2/domains/{domain}/records/{record}", "as PATCH", cloud.domains::changeRecord),
                delete("/v2/domains/{domain}/records/{record}", "", cloud.domains::deleteRecord),
                get("/v2/vpcs", "a default one per region", cloud.networks::list),
                post("/v2/vpcs", "a label only: all droplets share one private network", cloud.networks::create),
                get("/v2/vpcs/{vpc}", "", cloud.networks::get),
                put("/v2/vpcs/{vpc}", "name and description", cloud.networks::update),
                patch("/v2/vpcs/{vpc}", "name and description", cloud.networks::update),
                delete("/v2/vpcs/{vpc}", "refused with members, and for a default one", cloud.networks::delete),
                get("/v2/vpcs/{vpc}/members", "`resource_type`", cloud.networks::members),
                get("/v2/firewalls", "", cloud.firewalls::list),
                post(
                        "/v2/firewalls",
                        "at most 10 droplets, 5 tags, 50 rules; in force a moment later",
                        cloud.firewalls::create),
                get("/v2/firewalls/{firewall}", "", cloud.firewalls::get),
                put("/v2/firewalls/{firewall}", "what is not named is gone", cloud.firewalls::replace),
                delete("/v2/firewalls/{firewall}", "", cloud.firewalls::delete),
                post("/v2/firewalls/{firewall}/droplets", "", cloud.firewalls::addDroplets),
                delete("/v2/firewalls/{firewall}/droplets", "with a body, as outside", cloud.firewalls::removeDroplets),
                post("/v2/firewalls/{firewall}/tags", "the tags must exist", cloud.firewalls::addTags),
                delete("/v2/firewalls/{firewall}/tags", "with a body, as outside", cloud.firewalls::removeTags),
                post("/v2/firewalls/{firewall}/rules", "", cloud.firewalls::addRules),
                delete("/v2/firewalls/{firewall}/rules", "with a body, as outside", cloud.firewalls::removeRules),
                get("/v2/reserved_ips", "", cloud.reserved::list).unspecified(),
                post("/v2/reserved_ips", "for a `region` or a `droplet_id`", cloud.reserved::create)
                        .unspecified(),
                get("/v2/reserved_ips/{ip}", "", cloud.reserved::get).unspecified(),
                delete("/v2/reserved_ips/{ip}", "", cloud.reserved::delete).unspecified(),
                get("/v2/reserved_ips/{ip}/actions", "newest first", cloud.reserved::actions)
                        .unspecified(),
                post("/v2/reserved_ips/{ip}/actions", "assign, unassign", cloud.reserved::begin)
                        .unspecified(),
                get("/v2/reserved_ips/{ip}/actions/{action}", "", cloud.reserved::action)
                        .unspecified(),
                get("/v2/projects", "", cloud.projects::list).unspecified(),
                post("/v2/projects", "", cloud.projects::create).unspecified(),
                get("/v2/projects/{project}", "by id, or `default`", cloud.projects::get)
                        .unspecified(),
                put("/v2/projects/{project}", "needs all fields", cloud.projects::replace)
                        .unspecified(),
                patch("/v2/projects/{project}", "only what changes", cloud.projects::patch)
                        .unspecified(),
                delete(
                                "/v2/projects/{project}",
                                "refused with resources, and for the default one",
                                cloud.projects::delete)
                        .unspecified(),
                get("/v2/projects/{project}/resources", "droplets and domains", cloud.projects::resources)
                        .unspecified(),
                post("/v2/projects/{project}/resources", "droplets and domains", cloud.projects::assign)
                        .unspecified(),
                get(
                                "/v2/certificates",
                                "always empty",
                                call -> ResultPage.respond(call, "certificates", List.of(), ApiJson::same))
                        .unspecified(),
                get("/v2/monitoring/metrics/droplet/cpu", METRIC, cloud.metrics::cpu),
                get("/v2/monitoring/metrics/droplet/bandwidth", METRIC, cloud.metrics::bandwidth)));
        MetricOperations.FIGURES.forEach(name -> all.add(
                get("/v2/monitoring/metrics/droplet/" + name, METRIC, call -> cloud.metrics.figure(call, name))));
        this.list = List.copyOf(all);
    }

    List<ApiOperation> list() {
        return list;
    }

    /** The README's table. */
    String table() {
        return list.stream()
                .map(operation -> "| `%s` | %s | %s |\n"
                        .formatted(
                                operation.title(),
                                operation.says(),
                                operation.specified() ? "yes" : "**not validated**"))
                .collect(Collectors.joining("", "| operation | in the lab | specification |\n|---|---|---|\n", ""));
    }

    private static ApiOperation get(String template, String says, ApiOperation.OperationHandler handler) {
        return new ApiOperation("GET", template, says, handler, true);
    }

    private static ApiOperation post(String template, String says, ApiOperation.OperationHandler handler) {
        return new ApiOperation("POST", template, says, handler, true);
    }

    private static ApiOperation put(String template, String says, ApiOperation.OperationHandler handler) {
        return new ApiOperation("PUT", template, says, handler, true);
    }

    private static ApiOperation patch(String template, String says, ApiOperation.OperationHandler handler) {
        return new ApiOperation("PATCH", template, says, handler, true);
    }

    private static ApiOperation delete(String template, String says, ApiOperation.OperationHandler handler) {
        return new ApiOperation("DELETE", template, says, handler, true);
    }
}
