package dev.sluice.workflows.model.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks a cluster file that a run received: the command line has checked it, but is not the only one that starts runs. */
public final class ClusterFileCheck {
    private static final String DNS_NAME =
            "([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final int SHORTEST_TTL = 30;
    private static final int LAST_PORT = 65_535;

    private final List<String> wrong = new ArrayList<>();

    private ClusterFileCheck() {}

    /** Returns what is wrong, a sentence each; empty for a file that can be used. */
    public static List<String> findErrors(ClusterFile file) {
        ClusterFileCheck check = new ClusterFileCheck();
        MissingParts.find("the cluster file", file)
                .ifPresentOrElse(path -> check.wrong.add(path + " is missing"), () -> check.check(file));
        return List.copyOf(check.wrong);
    }

    private void check(ClusterFile file) {
        require(file.domain().matches(DNS_NAME), "domain '%s' is not a DNS name".formatted(file.domain()));
        require(
                file.service().equals("@") || file.service().matches(DNS_NAME),
                "service '%s' is not a DNS name".formatted(file.service()));
        require(!file.region().isBlank(), "region is empty");
        require(
                file.ttl() >= SHORTEST_TTL,
                "ttl is %d seconds, expected at least %d".formatted(file.ttl(), SHORTEST_TTL));
        for (Map.Entry<Role, RoleSpec> role : file.roles().entrySet()) {
            check(role.getKey().word(), role.getValue());
        }
        String actual = ClusterFileDigest.addDigest(file).digest().value();
        require(
                file.digest().value().equals(actual),
                "the cluster file is not what its digest says: its digest is %s, the plan names %s"
                        .formatted(
                                actual.substring(0, 12), file.digest().value().substring(0, 12)));
    }

    private void check(String role, RoleSpec spec) {
        require(
                spec.port() >= 1 && spec.port() <= LAST_PORT,
                "%s: port is %d, expected 1 to %d".formatted(role, spec.port(), LAST_PORT));
        require(spec.minimum() >= 0, "%s: minimum is %d, expected at least 0".formatted(role, spec.minimum()));
        require(!spec.probation().isNegative(), "%s: probation is negative".formatted(role));
        require(!spec.drain().isNegative(), "%s: drain is negative".formatted(role));
        require(
                spec.checks().passes() >= 1,
                "%s: passes is %d, expected at least 1"
                        .formatted(role, spec.checks().passes()));
        require(!spec.size().isBlank(), "%s: size is empty".formatted(role));
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            wrong.add(sentence);
        }
    }
}
