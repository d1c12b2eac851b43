package dev.sluice.starter.doctor;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.workflows.ExamineCluster.ClusterExamination;
import dev.sluice.workflows.activity.AccountActivities.TokenScope;
import dev.sluice.workflows.activity.DnsActivities.PublishedRecords;
import dev.sluice.workflows.activity.DnsActivities.ZoneDelegation;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the doctor concludes of the workers' token, the zone and the templates. */
final class ExaminationFindings {
    private static final String FOR_LEAKS = "firewall:read";

    private ExaminationFindings() {}

    /** What the token may do. */
    public static List<DoctorFinding> scopes(ClusterExamination seen) {
        if (seen.whyUnknown("scopes").isPresent()) {
            return List.of(DoctorFinding.unknown(
                    "token scopes", "not told: " + seen.whyUnknown("scopes").get()));
        }
        List<String> missing = seen.scopes().stream()
                .filter(scope -> !scope.granted())
                .map(TokenScope::name)
                .toList();
        if (missing.isEmpty()) {
            return List.of(DoctorFinding.ok(
                    "token scopes",
                    "all %d that Sluice asks for".formatted(seen.scopes().size())));
        }
        if (missing.equals(List.of(FOR_LEAKS))) {
            return List.of(DoctorFinding.warn(
                    "token scopes",
                    "the token lacks %s: it deploys, but cannot tell what firewalls still list of nodes that are gone"
                            .formatted(FOR_LEAKS)));
        }
        return List.of(DoctorFinding.stops(
                "token scopes",
                "the token lacks %s: give the workers one that has them".formatted(String.join(", ", missing))));
    }

    /** Whether the zone is delegated to the servers that the API fills, and how long its answers are held. */
    public static List<DoctorFinding> zone(ClusterFile file, ClusterExamination seen) {
        List<DoctorFinding> findings = new ArrayList<>();
        seen.zone()
                .ifPresentOrElse(
                        zone -> {
                            findings.add(delegated(file, zone));
                            findings.add(timesToLive(file, zone));
                        },
                        () -> findings.add(DoctorFinding.stops(
                                "zone", seen.whyUnknown("zone").orElse("not told"))));
        seen.records()
                .ifPresentOrElse(
                        records -> findings.add(records(file, records)),
                        () -> findings.add(DoctorFinding.stops(
                                "records", seen.whyUnknown("records").orElse("not told"))));
        return findings;
    }

    private static DoctorFinding delegated(ClusterFile file, ZoneDelegation zone) {
        if (zone.configured().isPresent()) {
            return DoctorFinding.ok(
                    "zone",
                    "%s is asked of %s, as configured; to whom it is delegated was not asked"
                            .formatted(file.domain(), zone.configured().get()));
        }
        String wanted = String.join(", ", zone.atApi());
        if (zone.delegatedTo().isEmpty()) {
            return DoctorFinding.stops(
                    "zone",
                    "nobody is named as server of %s: name %s at its registrar".formatted(file.domain(), wanted));
        }
        String found = String.join(", ", zone.delegatedTo());
        if (zone.delegatedTo().equals(zone.atApi())) {
            return DoctorFinding.ok("zone", "%s is delegated to %s".formatted(file.domain(), found));
        }
        String says = "%s is delegated to %s, expected %s: change it at its registrar"
                .formatted(file.domain(), found, wanted);
        return zone.delegatedTo().stream().anyMatch(zone.atApi()::contains)
                ? DoctorFinding.warn("zone", says)
                : DoctorFinding.stops("zone", says);
    }

    private static DoctorFinding timesToLive(ClusterFile file, ZoneDelegation zone) {
        List<Integer> others =
                zone.ttls().stream().filter(ttl -> ttl != file.ttl()).toList();
        return others.isEmpty()
                ? DoctorFinding.ok("TTL", "%d s".formatted(file.ttl()))
                : DoctorFinding.warn(
                        "TTL",
                        "%s has records with %s s, and dns.ttl is %d: addresses of proxies that left are held that long"
                                .formatted(file.serviceName(), words(others), file.ttl()));
    }

    private static String words(List<Integer> numbers) {
        return String.join(", ", numbers.stream().map(String::valueOf).toList());
    }

    private static DoctorFinding records(ClusterFile file, PublishedRecords records) {
        boolean same = records.atApi().stream()
                .sorted()
                .toList()
                .equals(records.atServer().stream().sorted().toList());
        return same
                ? DoctorFinding.ok(
                        "records",
                        "%s has %d addresses, the same at the API and at the name server"
                                .formatted(
                                        file.serviceName(), records.atServer().size()))
                : DoctorFinding.warn(
                        "records",
                        "%s is %s at the API and %s at the name server: changed a moment ago, or not delegated"
                                .formatted(file.serviceName(), records.atApi(), records.atServer()));
    }

    /** Whether each role has a template to clone from. */
    public static List<DoctorFinding> templates(ClusterFile file, ClusterExamination seen) {
        if (seen.whyUnknown("templates").isPresent()) {
            return List.of(DoctorFinding.stops(
                    "templates", seen.whyUnknown("templates").get()));
        }
        return file.roles().keySet().stream()
                .sorted(Comparator.naturalOrder())
                .map(role -> template(file, role, seen))
                .toList();
    }

    private static DoctorFinding template(ClusterFile file, Role role, ClusterExamination seen) {
        String what = "template " + role;
        return seen.templates().stream()
                .filter(template ->
                        template.role() == role && template.approval().isPresent())
                .filter(template -> template.regions().contains(file.region()))
                .findFirst()
                .map(template -> DoctorFinding.ok(what, template.name()))
                .orElseGet(() -> DoctorFinding.stops(
                        what,
                        "none is approved in %s: %s, then %s"
                                .formatted(file.region(), CommandHints.bake(role), CommandHints.templates())));
    }
}
