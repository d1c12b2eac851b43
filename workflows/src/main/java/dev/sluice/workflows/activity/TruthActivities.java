package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.RoleSpec;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.truth.TruthReport;
import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.Optional;

/** What is true of a cluster outside Sluice: compared with each other, and as a client sees it. Changes nothing. */
@ActivityInterface(namePrefix = "Truth.")
public interface TruthActivities {
    /** Compares droplets, tags, reserved addresses and records with each other and with the cluster file. */
    TruthReport compare(TruthOrder order);

    /** Sends a request to each address under the service's name, as a client does, all at once. Never fails for one. */
    List<AddressAnswer> visit(VisitOrder order);

    /**
     * What is compared.
     *
     * @param service name in the domain, or {@code @}
     * @param others addresses of another hand, as the cluster file lists them
     * @param leaving nodes that are about to be destroyed: records anywhere in the account that lead to them count
     */
    record TruthOrder(ClusterName cluster, String domain, String service, List<String> others, List<NodeName> leaving) {
        public TruthOrder {
            others = List.copyOf(others);
            leaving = List.copyOf(leaving);
        }

        public static TruthOrder of(ClusterFile file, List<NodeName> leaving) {
            return new TruthOrder(file.name(), file.domain(), file.service(), file.others(), leaving);
        }
    }

    /** The service that is visited, and what a client asks for. */
    record VisitOrder(String domain, String service, Optional<String> nameServer, String host, int port, String page) {
        public static VisitOrder of(ClusterFile file) {
            Optional<RoleSpec> app = Optional.ofNullable(file.roles().get(Role.APP));
            Optional<RoleSpec> proxy = Optional.ofNullable(file.roles().get(Role.PROXY));
            return new VisitOrder(
                    file.domain(),
                    file.service(),
                    file.nameServer(),
                    file.serviceName(),
                    proxy.map(RoleSpec::port).orElse(443),
                    app.map(spec -> spec.health().page()).orElse("/"));
        }
    }

    /**
     * What a client got at one address.
     *
     * @param status of HTTP; 0 if there was no answer
     * @param says the answer, or why there was none
     */
    record AddressAnswer(Ipv4Address address, int status, String says) {
        private static final int SERVER_ERROR = 500;

        /** Whether a client is served. */
        public boolean serves() {
            return answers() && status < SERVER_ERROR;
        }

        public boolean answers() {
            return status > 0;
        }
    }
}
