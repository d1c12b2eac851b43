package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The proxies' own Apache: whether it answers, runs its files' configuration, and serves through a given member. */
@ActivityInterface(namePrefix = "Proxy.")
public interface ProxyActivities {
    /** Returns the names of all proxies. Fails with PROXY_UNREACHABLE, which names those that do not answer. */
    List<NodeName> checkAll(ClusterName cluster, List<NodeName> withoutProxies);

    /**
     * Makes room for members before they join. On every proxy the running Apache is made equal to its files. A proxy
     * without a free slot, or with many live joins since it loaded its files, does one proven graceful, one proxy at a
     * time. Idempotent; the list of proxies may be old.
     */
    SlotReport makeRoom(SlotOrder order);

    /** Makes the running Apache equal to its files on every proxy, live or by a graceful, and reads it back. */
    ReloadReport reload(ReloadOrder order);

    /**
     * Waits until each proxy's own health checks have passed, then watches the members with pinned requests. Heartbeats.
     * Fails with PROBATION_FAILED.
     */
    ProbationReport probe(ProbationOrder order);

    /**
     * Compares a published proxy with its siblings in service, at its public address and by the service's name: status,
     * certificate (a different one must expire later), and whether a member answers. Siblings that do not answer are
     * left out. Fails with PROXY_DIFFERS.
     */
    CompareReport compare(CompareOrder order);

    /** Returns each proxy's configuration and running state, also of an unreachable one. Clients use that port. */
    List<ProxyFindings> examine(ClusterName cluster, int port);

    /**
     * One proxy, inspected over SSH and from the worker.
     *
     * @param unreachable why it did not answer
     * @param missing modules of Apache that Sluice needs
     * @param unsuited what docs/proxy-configuration.md expects and the running Apache or its configuration lacks
     * @param ill members that Apache takes no requests to because of their health, with its own words
     * @param broken Apache's message about its configuration, if it would not load it
     * @param exposed addresses at which balancer-manager answers the worker
     * @param differences between its files and its running state
     * @param otherHands manual changes
     */
    record ProxyFindings(
            NodeName proxy,
            Optional<String> unreachable,
            int members,
            List<String> missing,
            List<String> unsuited,
            List<String> ill,
            Optional<String> broken,
            List<String> exposed,
            List<String> differences,
            List<String> otherHands) {
        public ProxyFindings {
            missing = List.copyOf(missing);
            unsuited = List.copyOf(unsuited);
            ill = List.copyOf(ill);
            exposed = List.copyOf(exposed);
            differences = List.copyOf(differences);
            otherHands = List.copyOf(otherHands);
        }
    }

    /** The cluster, and the proxies to leave out. */
    record SlotOrder(ClusterName cluster, List<NodeName> withoutProxies) {
        public SlotOrder {
            withoutProxies = List.copyOf(withoutProxies);
        }
    }

    /** Whether anything was changed, and what was done, in one line. */
    record SlotReport(boolean changed, String says) {}

    /**
     * The proxies to reload.
     *
     * @param inTraffic whether clients use them and a deployment waits: then a graceful is done only without a free
     *     slot
     */
    record ReloadOrder(ClusterName cluster, List<NodeName> proxies, List<NodeName> withoutProxies, boolean inTraffic) {
        public ReloadOrder {
            proxies = List.copyOf(proxies);
            withoutProxies = List.copyOf(withoutProxies);
        }
    }

    /** Which proxy is compared, by which name, where clients come to and what they ask for. */
    record CompareOrder(
            ClusterName cluster, NodeName proxy, List<NodeName> withoutProxies, String host, int port, String path) {
        public CompareOrder {
            withoutProxies = List.copyOf(withoutProxies);
        }
    }

    /** The number of siblings, and what the proxy serves, in one line. */
    record CompareReport(int siblings, String says) {}

    /** What was done, in one line. */
    record ReloadReport(int gracefuls, int members, String says) {}

    /**
     * The input of a probation.
     *
     * @param proxies through which; empty for every proxy of the cluster
     * @param members pinned to; empty for every member that the proxy knows
     * @param host name of the service, for SNI and the Host header
     * @param path requested
     * @param healthy how long each proxy's own health checks may take to pass, before the first request
     */
    record ProbationOrder(
            ClusterName cluster,
            List<NodeName> proxies,
            List<NodeName> members,
            List<NodeName> withoutProxies,
            String host,
            String path,
            Duration watch,
            Duration healthy) {
        public ProbationOrder {
            proxies = List.copyOf(proxies);
            members = List.copyOf(members);
            withoutProxies = List.copyOf(withoutProxies);
        }
    }

    /** The result of a probation; times in milliseconds. */
    record ProbationReport(int requests, int errors, double p95, double siblingsP95, String says) {}
}
