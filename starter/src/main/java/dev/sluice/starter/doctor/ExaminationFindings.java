package dev.sluice.starter.doctor;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.text.SentenceFormat;
import dev.sluice.workflows.ExamineCluster.ClusterExamination;
import dev.sluice.workflows.activity.AccountActivities.TokenScope;
import dev.sluice.workflows.activity.DnsActivities.PublishedRecords;
import dev.sluice.workflows.activity.DnsActivities.ZoneDelegation;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Derives findings about the workers' token, the zone and the templates. */
final class ExaminationFindings {
    /** Scopes that most changes do without, and what the token cannot do without each. */
    private static final Map<String, String> OPTIONAL_SCOPES = Map.of(
            "firewall:read", "deployments work, but leaks finds no dangling firewall entries",
            "reserved_ip:read", "a reserved address under the service's name counts as unknown and stops changes");

    private ExaminationFindings() {}

    /** Returns findings about the token's scopes. */
    public static List<DoctorFinding> scopes(ClusterExamination examination) {
        if (examination.whyUnknown("scopes").isPresent()) {
            return List.of(DoctorFinding.unknown(
                    "token scopes",
                    "not checked: " + examination.whyUnknown("scopes").get()));
        }
        List<String> missing = examination.scopes().stream()
                .filter(scope -> !scope.granted())
                .map(TokenScope::name)
                .toList();
        if (missing.isEmpty()) {
            return List.of(DoctorFinding.ok(
                    "token scopes",
                    "all %d that Sluice needs".formatted(examination.scopes().size())));
        }
        if (OPTIONAL_SCOPES.keySet().containsAll(missing)) {
            return missing.stream()
                    .map(scope -> DoctorFinding.warn(
                            "token scopes", "the token lacks %s: %s".formatted(scope, OPTIONAL_SCOPES.get(scope))))
                    .toList();
        }
        return List.of(DoctorFinding.stops(
                "token scopes",
                "the token lacks %s: give the workers a token with these scopes"
                        .formatted(String.join(", ", missing))));
    }

    /** Returns findings about the zone's delegation, TTL and records. */
    public static List<DoctorFinding> zone(ClusterFile file, ClusterExamination examination) {
        List<DoctorFinding> findings = new ArrayList<>();
        examination
                .zone()
                .ifPresentOrElse(
                        zone -> {
                            findings.add(delegated(file, zone));
                            findings.add(timesToLive(file, zone));
                        },
                        () -> findings.add(DoctorFinding.stops(
                                "zone", examination.whyUnknown("zone").orElse("not checked"))));
        examination
                .records()
                .ifPresentOrElse(
                        records -> findings.add(records(file, records)),
                        () -> findings.add(DoctorFinding.stops(
                                "records", examination.whyUnknown("records").orElse("not checked"))));
        return findings;
    }

    private static DoctorFinding delegated(ClusterFile file, ZoneDelegation zone) {
        if (zone.configured().isPresent()) {
            return DoctorFinding.ok(
                    "zone",
                    "%s is queried at %s, as configured; its delegation was not checked"
                            .formatted(file.domain(), zone.configured().get()));
        }
        String expected = String.join(", ", zone.atApi());
        if (zone.delegatedTo().isEmpty()) {
            return DoctorFinding.stops(
                    "zone",
                    "%s is not delegated: name the servers %s at its registrar".formatted(file.domain(), expected));
        }
        String found = String.join(", ", zone.delegatedTo());
        if (zone.delegatedTo().equals(zone.atApi())) {
            return DoctorFinding.ok("zone", "%s is delegated to %s".formatted(file.domain(), found));
        }
        String result = "%s is delegated to %s, expected %s: change it at its registrar"
                .formatted(file.domain(), found, expected);
        return zone.delegatedTo().stream().anyMatch(zone.atApi()::contains)
                ? DoctorFinding.warn("zone", result)
                : DoctorFinding.stops("zone", result);
    }

    private static DoctorFinding timesToLive(ClusterFile file, ZoneDelegation zone) {
        List<Integer> others =
                zone.ttls().stream().filter(ttl -> ttl != file.ttl()).toList();
        return others.isEmpty()
                ? DoctorFinding.ok("TTL", "%d s".formatted(file.ttl()))
                : DoctorFinding.warn(
                        "TTL",
                        "%s has records with a TTL of %s s, expected dns.ttl, %d s: resolvers keep addresses of removed proxies that long"
                                .formatted(file.serviceName(), join(others), file.ttl()));
    }

    private static String join(List<Integer> numbers) {
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
                        "%s has %s, the same at the API and at the name server"
                                .formatted(
                                        file.serviceName(),
                                        SentenceFormat.count(records.atServer().size(), "address")))
                : DoctorFinding.warn(
                        "records",
                        "%s is %s at the API and %s at the name server: changed within its TTL, or not delegated"
                                .formatted(file.serviceName(), records.atApi(), records.atServer()));
    }

    /** Returns a finding for each role: whether it has an approved template. */
    public static List<DoctorFinding> templates(ClusterFile file, ClusterExamination examination) {
        if (examination.whyUnknown("templates").isPresent()) {
            return List.of(DoctorFinding.stops(
                    "templates", examination.whyUnknown("templates").get()));
        }
        return file.roles().keySet().stream()
                .sorted(Comparator.naturalOrder())
                .map(role -> template(file, role, examination))
                .toList();
    }

    private static DoctorFinding template(ClusterFile file, Role role, ClusterExamination examination) {
        String what = "template " + role;
        return examination.templates().stream()
                .filter(template ->
                        template.role() == role && template.approval().isPresent())
                .filter(template -> template.regions().contains(file.region()))
                .findFirst()
                .map(template -> DoctorFinding.ok(what, template.name()))
                .orElseGet(() -> DoctorFinding.stops(
                        what,
                        "no approved template in %s: %s, then %s"
                                .formatted(file.region(), CommandHints.bake(role), CommandHints.templates())));
    }
}
