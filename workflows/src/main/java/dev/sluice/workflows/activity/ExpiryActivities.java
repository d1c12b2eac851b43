package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedName;
import dev.sluice.workflows.model.check.RegistryAnswer;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.Optional;

/** Dates that run out, asked where they are kept. Asks only; what cannot be asked is an answer, too. */
@ActivityInterface(namePrefix = "Expiry.")
public interface ExpiryActivities {
    /** One for each name and each place where it is served: what DNS says, and the proxies' own addresses. Heartbeats. */
    List<ExpiryFinding> certificates(CertificateOrder order);

    /** One answer for each domain. Heartbeats. */
    List<RegistryAnswer> registries(RegistryOrder order);

    /**
     * Certificates to look at.
     *
     * @param zone the cluster's own, whose servers are asked for names in it
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

    /** Where a proxy is reached by clients. */
    record ProxyAddress(NodeName name, Ipv4Address address) {}

    /**
     * Domains to ask for.
     *
     * @param registries URL of the list of RDAP servers
     */
    record RegistryOrder(List<String> domains, String registries) {
        public RegistryOrder {
            domains = List.copyOf(domains);
        }
    }
}
