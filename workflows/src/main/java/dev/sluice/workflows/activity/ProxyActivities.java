package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.NodeName;
import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import java.util.List;

/** The proxies' own Apache: reachable, running what its files say, and serving through a given member. */
@ActivityInterface(namePrefix = "Proxy.")
public interface ProxyActivities {
    /** Whether every proxy answers; fails with PROXY_UNREACHABLE naming all that do not. Answers those that do. */
    List<NodeName> checkAll(ClusterName cluster, List<NodeName> withoutProxies);

    /** Makes the running Apache equal its files on every proxy: live where possible, graceful where not, proven. */
    ReloadReport reload(ReloadOrder order);

    /** Watches one member through every proxy with pinned requests. Heartbeats. Fails with PROBATION_FAILED. */
    ProbationReport probe(ProbationOrder order);

    /** Which proxies, and how many members they must have at least. */
    record ReloadOrder(ClusterName cluster, List<NodeName> proxies, List<NodeName> withoutProxies) {
        public ReloadOrder {
            proxies = List.copyOf(proxies);
            withoutProxies = List.copyOf(withoutProxies);
        }
    }

    /** What was needed, in one line. */
    record ReloadReport(int gracefuls, int members, String says) {}

    /**
     * What is watched.
     *
     * @param proxies through which; empty for every proxy of the cluster
     * @param members pinned to; empty for every member that the proxy knows
     * @param host name of the service, for SNI and the Host header
     * @param path asked for
     */
    record ProbationOrder(
            ClusterName cluster,
            List<NodeName> proxies,
            List<NodeName> members,
            List<NodeName> withoutProxies,
            String host,
            String path,
            Duration watch) {
        public ProbationOrder {
            proxies = List.copyOf(proxies);
            members = List.copyOf(members);
            withoutProxies = List.copyOf(withoutProxies);
        }
    }

    /** What was seen; times in milliseconds. */
    record ProbationReport(int requests, int errors, double p95, double siblingsP95, String says) {}
}
