package dev.sluice.starter.text;

import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.activity.MembershipActivities.ProxyTruth;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the doctor concludes from a look at the world. */
public final class WorldFindings {
    private WorldFindings() {}

    public static List<Finding> of(ClusterFile file, ClusterReport world) {
        List<Finding> findings = new ArrayList<>();
        world.unknown().forEach(unknown -> findings.add(Finding.stops("world", unknown)));
        if (world.unknown().isEmpty()) {
            findings.add(Finding.ok(
                    "DigitalOcean",
                    "the token works, %s"
                            .formatted(ChangeText.count(world.nodes().size(), "node"))));
        }
        file.roles().keySet().stream()
                .sorted(Comparator.naturalOrder())
                .forEach(role -> findings.add(template(file, role, world)));
        world.proxies().forEach(proxy -> findings.add(proxy(proxy)));
        findings.add(names(file, world));
        return findings;
    }

    private static Finding template(ClusterFile file, Role role, ClusterReport world) {
        String what = "template " + role;
        return world.templates().stream()
                .filter(template ->
                        template.role() == role && template.approval().isPresent())
                .filter(template -> template.regions().contains(file.region()))
                .findFirst()
                .map(template -> Finding.ok(what, template.name()))
                .orElseGet(() -> Finding.stops(
                        what,
                        "none is approved in %s: %s, then %s"
                                .formatted(file.region(), Hints.bake(role), Hints.templates())));
    }

    private static Finding proxy(ProxyTruth proxy) {
        return proxy.unreachable()
                .map(why -> Finding.stops(proxy.proxy().value(), "cannot be reached: " + why))
                .orElseGet(() -> Finding.ok(
                        proxy.proxy().value(),
                        "answers, " + ChangeText.count(proxy.members().size(), "member")));
    }

    private static Finding names(ClusterFile file, ClusterReport world) {
        boolean same = world.records().atApi().stream()
                .sorted()
                .toList()
                .equals(world.records().atServer().stream().sorted().toList());
        return same
                ? Finding.ok(
                        "DNS",
                        "%s has %d addresses, the same at the API and at the name server"
                                .formatted(
                                        file.serviceName(),
                                        world.records().atServer().size()))
                : Finding.warn(
                        "DNS",
                        "%s is %s at the API and %s at the name server: changed a moment ago, or not delegated"
                                .formatted(
                                        file.serviceName(),
                                        world.records().atApi(),
                                        world.records().atServer()));
    }
}
