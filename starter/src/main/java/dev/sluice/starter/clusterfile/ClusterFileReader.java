package dev.sluice.starter.clusterfile;

import dev.sluice.workflows.model.check.CheckSettings;
import dev.sluice.workflows.model.check.ExpirySettings;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterFileDigest;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.NotificationSettings;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.RoleSpec;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads a cluster file from its root section. */
final class ClusterFileReader {
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final String ADDRESS = "\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:]+";
    private static final Predicate<String> ANY = text -> !text.isBlank();

    private static final Duration SHORTEST_CHECK = Duration.ofSeconds(10);
    private static final Duration LONGEST_CHECK = Duration.ofHours(1);

    private final ProblemCollector problems;
    private final RoleReader roles;
    private final ExpiryReader expiry;

    ClusterFileReader(ReferencedFiles texts, ProblemCollector problems) {
        this.problems = problems;
        this.roles = new RoleReader(texts, problems);
        this.expiry = new ExpiryReader(texts, problems);
    }

    /** Returns the cluster file; empty if there is a problem. */
    Optional<ClusterFile> read(YamlSection root) {
        String cluster = root.text(
                "cluster",
                matches("[a-z][a-z0-9]{0,19}"),
                "a cluster name: a lower-case letter, then at most 19 letters or digits");
        String domain = root.text("domain", matches(LABEL + "(\\." + LABEL + ")+"), "a domain such as hello.example");
        String service = root.text("service", matches("@|" + LABEL), "a name in that domain such as www, or \"@\"");
        String region = root.text("region", matches("[a-z]{3}\\d"), "a region of DigitalOcean such as fra1");
        Optional<String> vpc = root.optional("vpc", matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "a UUID");
        List<String> keys = root.words("ssh_keys");
        DnsSection names = root.section("dns", this::names).orElse(DnsSection.DEFAULT);
        String serviceName = service.equals("@") ? domain : service + "." + domain;
        Map<Role, RoleSpec> specs = root.requiredSection("roles", section -> roles(section, serviceName))
                .orElse(Map.of());
        int port = specs.containsKey(Role.PROXY) ? specs.get(Role.PROXY).port() : 443;
        Optional<ExpirySettings> dates = root.section("expiry", section -> expiry.read(section, serviceName, port))
                .flatMap(read -> read);
        Optional<NotificationSettings> notices =
                root.section("notices", expiry::notices).flatMap(read -> read);
        Optional<CheckSettings> checks = root.section("check", ClusterFileReader::checks);
        root.reportUnknownKeys();
        return problems.isEmpty()
                ? Optional.of(ClusterFileDigest.addDigest(new ClusterFile(
                        new ClusterName(cluster),
                        domain,
                        service,
                        region,
                        vpc,
                        keys,
                        names.ttl(),
                        names.server(),
                        specs,
                        dates,
                        notices,
                        checks,
                        names.others(),
                        ClusterFileDigest.NONE)))
                : Optional.empty();
    }

    private DnsSection names(YamlSection dns) {
        return new DnsSection(
                dns.number("ttl", DnsSection.DEFAULT.ttl(), 30, 86400),
                dns.optional("server", matches("[0-9.]+:\\d{1,5}"), "an address with a port such as 192.0.2.53:53"),
                dns.has("others") ? others(dns) : List.of());
    }

    private static CheckSettings checks(YamlSection check) {
        Duration every = check.duration("every", CheckSettings.STANDARD.every());
        if (every.compareTo(SHORTEST_CHECK) < 0 || every.compareTo(LONGEST_CHECK) > 0) {
            check.problem("every", "is not from 10s to 1h");
        }
        return new CheckSettings(
                every,
                check.number("strikes", CheckSettings.STANDARD.strikes(), 1, 100),
                check.flag("eject", CheckSettings.STANDARD.eject()));
    }

    private static List<String> others(YamlSection dns) {
        List<String> addresses = dns.words("others");
        addresses.stream()
                .filter(address -> !address.matches(ADDRESS))
                .forEach(address ->
                        dns.problem("others: %s is no IPv4 or IPv6 address such as 192.0.2.7".formatted(address)));
        return addresses;
    }

    private Map<Role, RoleSpec> roles(YamlSection section, String serviceName) {
        Map<Role, RoleSpec> specs = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            section.section(role.word(), part -> roles.read(role, part, serviceName))
                    .flatMap(spec -> spec)
                    .ifPresent(spec -> specs.put(role, spec));
        }
        if (!section.has(Role.APP.word()) && !section.has(Role.PROXY.word())) {
            section.problem("names no role; roles are app and proxy");
        }
        return specs;
    }

    static Predicate<String> matches(String pattern) {
        return ANY.and(text -> text.matches(pattern));
    }

    /** The section {@code dns}. */
    private record DnsSection(int ttl, Optional<String> server, List<String> others) {
        static final DnsSection DEFAULT = new DnsSection(30, Optional.empty(), List.of());
    }
}
