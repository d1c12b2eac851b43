package dev.sluice.workflows.model.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.workflows.model.check.CheckSettings;
import dev.sluice.workflows.model.check.ExpirySettings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cluster file {@code sluice.yaml}, validated, with file templates and recipes as text.
 *
 * @param domain the DNS zone at DigitalOcean, such as {@code hello.example}
 * @param service name of the service in that zone, such as {@code www}
 * @param vpc UUID of the private network; empty for the region's default
 * @param sshKeys fingerprints or names of keys of the account that may log in as root
 * @param ttl time to live of the service's records, in seconds, at least 30
 * @param nameServer address:port of the server that answers for the zone; empty asks the system's resolver for it
 * @param expiry which dates are watched; not written if absent, so that older files keep their digest
 * @param notices where notices are sent; likewise
 * @param check how the cluster is checked for life, if not by {@link CheckSettings#STANDARD}; likewise
 * @param others addresses under the service's name that are another hand's; not written if empty
 * @param digest SHA-256 over the file and all files that it names
 */
public record ClusterFile(
        ClusterName name,
        String domain,
        String service,
        String region,
        Optional<String> vpc,
        List<String> sshKeys,
        int ttl,
        Optional<String> nameServer,
        Map<Role, RoleSpec> roles,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ExpirySettings> expiry,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<NotificationSettings> notices,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<CheckSettings> check,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> others,
        Sha256Digest digest) {
    public ClusterFile {
        sshKeys = List.copyOf(sshKeys);
        roles = Map.copyOf(roles);
        others = listOrEmpty(others);
    }

    /** A cluster file without addresses of another hand. */
    public ClusterFile(
            ClusterName name,
            String domain,
            String service,
            String region,
            Optional<String> vpc,
            List<String> sshKeys,
            int ttl,
            Optional<String> nameServer,
            Map<Role, RoleSpec> roles,
            Optional<ExpirySettings> expiry,
            Optional<NotificationSettings> notices,
            Sha256Digest digest) {
        this(
                name,
                domain,
                service,
                region,
                vpc,
                sshKeys,
                ttl,
                nameServer,
                roles,
                expiry,
                notices,
                Optional.empty(),
                List.of(),
                digest);
    }

    /** A file that was written before the part existed has none. */
    private static List<String> listOrEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** Returns the role's part; throws IllegalArgumentException if the file has none. */
    public RoleSpec role(Role role) {
        RoleSpec spec = roles.get(role);
        if (spec == null) {
            throw new IllegalArgumentException("%s has no role %s in its cluster file".formatted(name, role));
        }
        return spec;
    }

    /** The same with another limit for what nodes of a role still answer when they leave. */
    public ClusterFile withDrain(Role role, Duration drain) {
        Map<Role, RoleSpec> changed = new EnumMap<>(roles);
        changed.put(role, role(role).withDrain(drain));
        return new ClusterFile(
                name,
                domain,
                service,
                region,
                vpc,
                sshKeys,
                ttl,
                nameServer,
                changed,
                expiry,
                notices,
                check,
                others,
                digest);
    }

    /** Returns the name that clients use, such as {@code www.hello.example}. */
    public String serviceName() {
        return service.equals("@") ? domain : service + "." + domain;
    }
}
