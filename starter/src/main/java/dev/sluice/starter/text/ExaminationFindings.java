package dev.sluice.starter.text;

import dev.sluice.workflows.ExamineCluster.Examination;
import dev.sluice.workflows.activity.AccountActivities.Scope;
import dev.sluice.workflows.activity.DnsActivities.Delegation;
import dev.sluice.workflows.activity.DnsActivities.Records;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the doctor concludes of the workers' token, the zone and the templates. */
public final class ExaminationFindings {
    private static final String FOR_LEAKS = "firewall:read";

    private ExaminationFindings() {}

    /** What the token may do. */
    public static List<Finding> scopes(Examination seen) {
        if (seen.whyUnknown("scopes").isPresent()) {
            return List.of(Finding.unknown(
                    "token scopes", "not told: " + seen.whyUnknown("scopes").get()));
        }
        List<String> missing = seen.scopes().stream()
                .filter(scope -> !scope.granted())
                .map(Scope::name)
                .toList();
        if (missing.isEmpty()) {
            return List.of(Finding.ok(
                    "token scopes",
                    "all %d that Sluice asks for".formatted(seen.scopes().size())));
        }
        if (missing.equals(List.of(FOR_LEAKS))) {
            return List.of(Finding.warn(
                    "token scopes",
                    "the token lacks %s: it deploys, but cannot tell what firewalls still list of nodes that are gone"
                            .formatted(FOR_LEAKS)));
        }
        return List.of(Finding.stops(
                "token scopes",
                "the token lacks %s: give the workers one that has them".formatted(String.join(", ", missing))));
    }

    /** Whether the zone is delegated to the servers that the API fills, and how long its answers are held. */
    public static List<Finding> zone(ClusterFile file, Examination seen) {
        List<Finding> findings = new ArrayList<>();
        seen.zone()
                .ifPresentOrElse(
                        zone -> {
                            findings.add(delegated(file, zone));
                            findings.add(timesToLive(file, zone));
                        },
                        () -> findings.add(
                                Finding.stops("zone", seen.whyUnknown("zone").orElse("not told"))));
        seen.records()
                .ifPresentOrElse(
                        records -> findings.add(records(file, records)),
                        () -> findings.add(Finding.stops(
                                "records", seen.whyUnknown("records").orElse("not told"))));
        return findings;
    }

    private static Finding delegated(ClusterFile file, Delegation zone) {
        if (zone.configured().isPresent()) {
            return Finding.ok(
                    "zone",
                    "%s is asked of %s, as configured; to whom it is delegated was not asked"
                            .formatted(file.domain(), zone.configured().get()));
        }
        String wanted = String.join(", ", zone.atApi());
        if (zone.delegatedTo().isEmpty()) {
            return Finding.stops(
                    "zone",
                    "nobody is named as server of %s: name %s at its registrar".formatted(file.domain(), wanted));
        }
        String found = String.join(", ", zone.delegatedTo());
        if (zone.delegatedTo().equals(zone.atApi())) {
            return Finding.ok("zone", "%s is delegated to %s".formatted(file.domain(), found));
        }
        String says = "%s is delegated to %s, expected %s: change it at its registrar"
                .formatted(file.domain(), found, wanted);
        return zone.delegatedTo().stream().anyMatch(zone.atApi()::contains)
                ? Finding.warn("zone", says)
                : Finding.stops("zone", says);
    }

    private static Finding timesToLive(ClusterFile file, Delegation zone) {
        List<Integer> others =
                zone.ttls().stream().filter(ttl -> ttl != file.ttl()).toList();
        return others.isEmpty()
                ? Finding.ok("TTL", "%d s".formatted(file.ttl()))
                : Finding.warn(
                        "TTL",
                        "%s has records with %s s, and dns.ttl is %d: addresses of proxies that left are held that long"
                                .formatted(file.serviceName(), words(others), file.ttl()));
    }

    private static String words(List<Integer> numbers) {
        return String.join(", ", numbers.stream().map(String::valueOf).toList());
    }

    private static Finding records(ClusterFile file, Records records) {
        boolean same = records.atApi().stream()
                .sorted()
                .toList()
                .equals(records.atServer().stream().sorted().toList());
        return same
                ? Finding.ok(
                        "records",
                        "%s has %d addresses, the same at the API and at the name server"
                                .formatted(
                                        file.serviceName(), records.atServer().size()))
                : Finding.warn(
                        "records",
                        "%s is %s at the API and %s at the name server: changed a moment ago, or not delegated"
                                .formatted(file.serviceName(), records.atApi(), records.atServer()));
    }

    /** Whether each role has a template to clone from. */
    public static List<Finding> templates(ClusterFile file, Examination seen) {
        if (seen.whyUnknown("templates").isPresent()) {
            return List.of(
                    Finding.stops("templates", seen.whyUnknown("templates").get()));
        }
        return file.roles().keySet().stream()
                .sorted(Comparator.naturalOrder())
                .map(role -> template(file, role, seen))
                .toList();
    }

    private static Finding template(ClusterFile file, Role role, Examination seen) {
        String what = "template " + role;
        return seen.templates().stream()
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
}
