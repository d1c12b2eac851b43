package dev.sluice.lab.network;

import dev.sluice.lab.account.LabRuntime;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.ResultPage;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.droplets.DropletStore;
import dev.sluice.lab.droplets.LabDroplet;
import dev.sluice.lab.tags.TagOperations;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The account's firewalls, which {@link FirewallEnforcement} applies to the machines. */
final class FirewallOperations {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9.-]{1,254}");

    private final Map<String, LabFirewall> firewalls = new LinkedHashMap<>();
    private final DropletStore fleet;
    private final TagOperations tags;
    private final Clock clock;
    private final FirewallEnforcement enforcement;

    FirewallOperations(LabRuntime runtime, DropletStore fleet, TagOperations tags) {
        this.fleet = fleet;
        this.tags = tags;
        this.clock = runtime.clock();
        this.enforcement = new FirewallEnforcement(runtime, fleet);
        tags.onDelete(tag -> firewalls.values().forEach(firewall -> firewall.removeTag(tag)));
    }

    /** Brings the machines in line with the firewalls. */
    void reconcile() {
        enforcement.reconcile(all());
    }

    private List<LabFirewall> all() {
        return List.copyOf(firewalls.values());
    }

    List<ApiOperation> operations() {
        String firewall = "/v2/firewalls/{firewall}";
        String withBody = "with a body, as at DigitalOcean";
        return List.of(
                ApiOperation.get(
                        "/v2/droplets/{droplet}/firewalls", "the firewalls that cover it", this::listForDroplet),
                ApiOperation.get("/v2/firewalls", "", this::list),
                ApiOperation.post(
                        "/v2/firewalls",
                        "at most 10 droplets, 5 tags, 50 rules; in force when `status` is `succeeded`",
                        this::create),
                ApiOperation.get(firewall, "", this::get),
                ApiOperation.put(firewall, "omitted fields are removed", this::replace),
                ApiOperation.delete(firewall, "", this::delete),
                ApiOperation.post(firewall + "/droplets", "", this::addDroplets),
                ApiOperation.delete(firewall + "/droplets", withBody, this::removeDroplets),
                ApiOperation.post(firewall + "/tags", "the tags must exist", this::addTags),
                ApiOperation.delete(firewall + "/tags", withBody, this::removeTags),
                ApiOperation.post(firewall + "/rules", "", this::addRules),
                ApiOperation.delete(firewall + "/rules", withBody, this::removeRules));
    }

    private ApiResponse list(RoutedRequest call) {
        return ResultPage.respond(call, "firewalls", all(), LabFirewall::json);
    }

    private ApiResponse listForDroplet(RoutedRequest call) {
        LabDroplet droplet = fleet.requireDroplet(call);
        List<LabFirewall> covering =
                all().stream().filter(firewall -> firewall.covers(droplet)).toList();
        return ResultPage.respond(call, "firewalls", covering, LabFirewall::json);
    }

    private ApiResponse create(RoutedRequest call) {
        LabFirewall.FirewallRequest order = read(call);
        refuseIfTaken(order.name(), "");
        LabFirewall firewall = new LabFirewall(UUID.randomUUID().toString(), clock.instant(), order);
        firewalls.put(firewall.id(), firewall);
        return ApiResponse.of(202, "firewall", firewall.json());
    }

    private ApiResponse get(RoutedRequest call) {
        return ApiResponse.ok("firewall", requireFirewall(call).json());
    }

    /** Replaces a firewall; a field that the body omits is removed. */
    private ApiResponse replace(RoutedRequest call) {
        LabFirewall firewall = requireFirewall(call);
        LabFirewall.FirewallRequest order = read(call);
        refuseIfTaken(order.name(), firewall.id());
        firewall.replaceWith(order);
        return ApiResponse.ok("firewall", firewall.json());
    }

    private ApiResponse delete(RoutedRequest call) {
        firewalls.remove(requireFirewall(call).id());
        return ApiResponse.noContent();
    }

    private ApiResponse addDroplets(RoutedRequest call) {
        return change(call, order -> order.droplets().addAll(requireNonEmpty(call, droplets(call))));
    }

    private ApiResponse removeDroplets(RoutedRequest call) {
        return change(call, order -> order.droplets().removeAll(requireNonEmpty(call, droplets(call))));
    }

    private ApiResponse addTags(RoutedRequest call) {
        return change(call, order -> order.tags().addAll(requireNonEmpty(call, tags(call))));
    }

    private ApiResponse removeTags(RoutedRequest call) {
        return change(call, order -> order.tags().removeAll(requireNonEmpty(call, Set.copyOf(call.list("tags")))));
    }

    private ApiResponse addRules(RoutedRequest call) {
        RequestedRules added = rules(call);
        return changeRules(call, (old, isNew) -> old.addAll(isNew), added);
    }

    private ApiResponse removeRules(RoutedRequest call) {
        RequestedRules gone = rules(call);
        return changeRules(call, (old, isGone) -> old.removeAll(isGone), gone);
    }

    private interface RuleChange {
        void apply(Set<FirewallRule> old, List<FirewallRule> named);
    }

    private record RequestedRules(List<FirewallRule> inbound, List<FirewallRule> outbound) {}

    private ApiResponse changeRules(RoutedRequest call, RuleChange change, RequestedRules named) {
        LabFirewall firewall = requireFirewall(call);
        LabFirewall.FirewallRequest old = firewall.order();
        LinkedHashSet<FirewallRule> inbound = new LinkedHashSet<>(old.inbound());
        LinkedHashSet<FirewallRule> outbound = new LinkedHashSet<>(old.outbound());
        change.apply(inbound, named.inbound());
        change.apply(outbound, named.outbound());
        firewall.replaceWith(new LabFirewall.FirewallRequest(
                old.name(), List.copyOf(inbound), List.copyOf(outbound), old.droplets(), old.tags()));
        return ApiResponse.noContent();
    }

    private ApiResponse change(RoutedRequest call, Consumer<LabFirewall.FirewallRequest> change) {
        LabFirewall firewall = requireFirewall(call);
        LabFirewall.FirewallRequest order = firewall.order();
        change.accept(order);
        firewall.replaceWith(order);
        return ApiResponse.noContent();
    }

    private LabFirewall.FirewallRequest read(RoutedRequest call) {
        String name = call.requireText("name", "Name can't be blank");
        if (!NAME.matcher(name).matches()) {
            throw ApiErrorException.unprocessable(
                    "name must begin with a letter or number, and have only these, dots and dashes.");
        }
        RequestedRules rules = rules(call);
        return new LabFirewall.FirewallRequest(name, rules.inbound(), rules.outbound(), droplets(call), tags(call));
    }

    private RequestedRules rules(RoutedRequest call) {
        List<FirewallRule> inbound = FirewallRule.read(call.body(), "inbound_rules", "sources");
        List<FirewallRule> outbound = FirewallRule.read(call.body(), "outbound_rules", "destinations");
        if (inbound.isEmpty() && outbound.isEmpty()) {
            throw ApiErrorException.unprocessable("At least one inbound or outbound rule must be given.");
        }
        ArrayList<FirewallRule> all = new ArrayList<>(inbound);
        all.addAll(outbound);
        for (FirewallRule rule : all) {
            rule.tags().forEach(this::refuseUnknownTag);
            rule.droplets().forEach(this::refuseUnknownDroplet);
        }
        return new RequestedRules(inbound, outbound);
    }

    private Set<Long> droplets(RoutedRequest call) {
        LinkedHashSet<Long> ids = new LinkedHashSet<Long>();
        for (String id : call.list("droplet_ids")) {
            if (!id.matches("[0-9]{1,18}")) {
                throw ApiErrorException.unprocessable("droplet_ids must be numbers.");
            }
            ids.add(Long.parseLong(id));
        }
        ids.forEach(this::refuseUnknownDroplet);
        return ids;
    }

    private Set<String> tags(RoutedRequest call) {
        LinkedHashSet<String> names = new LinkedHashSet<>(call.list("tags"));
        names.forEach(this::refuseUnknownTag);
        return names;
    }

    private static <T> Set<T> requireNonEmpty(RoutedRequest call, Set<T> values) {
        if (values.isEmpty()) {
            throw ApiErrorException.unprocessable("The request names nothing: " + call.path());
        }
        return values;
    }

    private void refuseUnknownDroplet(long id) {
        if (fleet.find(id).isEmpty()) {
            throw ApiErrorException.unprocessable("There is no Droplet %d.".formatted(id));
        }
    }

    private void refuseUnknownTag(String tag) {
        if (!tags.names().contains(tag)) {
            throw ApiErrorException.unprocessable("There is no tag %s.".formatted(tag));
        }
    }

    private void refuseIfTaken(String name, String by) {
        if (all().stream()
                .anyMatch(other -> other.name().equals(name) && !other.id().equals(by))) {
            throw ApiErrorException.conflict("duplicate name");
        }
    }

    private LabFirewall requireFirewall(RoutedRequest call) {
        return Optional.ofNullable(firewalls.get(call.pathVariable("firewall")))
                .orElseThrow(ApiErrorException::notFound);
    }
}
