package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedName;
import dev.sluice.workflows.model.check.RegistryAnswer;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.Optional;

/** Expiry dates of certificates and domains. Changes nothing; an unreachable source is a result, not a failure. */
@ActivityInterface(namePrefix = "Expiry.")
public interface ExpiryActivities {
    /** Returns a finding for each name and each of its addresses: in DNS, and the proxies' own. Heartbeats. */
    List<ExpiryFinding> certificates(CertificateOrder order);

    /** Returns an answer for each domain. Heartbeats. */
    List<RegistryAnswer> registries(RegistryOrder order);

    /**
     * Certificates to check.
     *
     * @param zone the cluster's own zone, whose servers resolve the names in it
     * @param authorities trusted besides the system's, in PEM; may be empty
     */
    record CertificateOrder(
            List<WatchedName> names,
            List<ProxyAddress> proxies,
            String zone,
            Optional<String> nameServer,
            String authorities) {
        public CertificateOrder {
            names = List.copyOf(names);
            proxies = List.copyOf(proxies);
        }
    }

    /** The address at which clients reach a proxy. */
    record ProxyAddress(NodeName name, Ipv4Address address) {}

    /**
     * Domains to query.
     *
     * @param registries URL of the list of RDAP servers
     */
    record RegistryOrder(List<String> domains, String registries) {
        public RegistryOrder {
            domains = List.copyOf(domains);
        }
    }
}
