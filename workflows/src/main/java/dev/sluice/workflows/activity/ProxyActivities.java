package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The proxies' own Apache: reachable, running what its files say, and serving through a given member. */
@ActivityInterface(namePrefix = "Proxy.")
public interface ProxyActivities {
    /** Whether every proxy answers; fails with PROXY_UNREACHABLE naming all that do not. Answers those that do. */
    List<NodeName> checkAll(ClusterName cluster, List<NodeName> withoutProxies);

    /**
     * Makes room for members ahead of their join: on every proxy the running Apache is made equal to its files, and one that
     * took in many since it loaded them, or has no place left, does one proven graceful, one proxy at a time. Needs no
     * fresh list of the proxies, and a second call finds it done.
     */
    SlotReport makeRoom(SlotOrder order);

    /** Makes the running Apache equal its files on every proxy: live where possible, graceful where not, proven. */
    ReloadReport reload(ReloadOrder order);

    /** Watches one member through every proxy with pinned requests. Heartbeats. Fails with PROBATION_FAILED. */
    ProbationReport probe(ProbationOrder order);

    /**
     * Compares what a published proxy serves at its public address, by the service's name, with what its siblings in
     * service serve: status, certificate (another one must end later), and whether a member answers. Siblings that do not
     * answer are left out. Fails with PROXY_DIFFERS.
     */
    CompareReport compare(CompareOrder order);

    /** What each proxy is made of and runs now; one that cannot be reached is in the answer. Clients come to that port. */
    List<ProxyFindings> examine(ClusterName cluster, int port);

    /**
     * One proxy, looked at from within and from the worker.
     *
     * @param unreachable why it could not be asked
     * @param missing modules of Apache that Sluice needs
     * @param broken what Apache says of its configuration, if it would not load it
     * @param exposed where balancer-manager answers the worker
     * @param differences between its files and what it runs
     * @param otherHands what somebody else changed in it
     */
    record ProxyFindings(
            NodeName proxy,
            Optional<String> unreachable,
            int members,
            List<String> missing,
            Optional<String> broken,
            List<String> exposed,
            List<String> differences,
            List<String> otherHands) {
        public ProxyFindings {
            missing = List.copyOf(missing);
            exposed = List.copyOf(exposed);
            differences = List.copyOf(differences);
            otherHands = List.copyOf(otherHands);
        }
    }

    /** On every proxy of which cluster but those. */
    record SlotOrder(ClusterName cluster, List<NodeName> withoutProxies) {
        public SlotOrder {
            withoutProxies = List.copyOf(withoutProxies);
        }
    }

    /** Whether there was anything to do, and what was done, in one line. */
    record SlotReport(boolean changed, String says) {}

    /**
     * Which proxies.
     *
     * @param inTraffic clients come to them, and a deployment waits: no graceful as long as there are places. False in the
     *     orders of runs that began before there was this.
     */
    record ReloadOrder(ClusterName cluster, List<NodeName> proxies, List<NodeName> withoutProxies, boolean inTraffic) {
        public ReloadOrder {
            proxies = List.copyOf(proxies);
            withoutProxies = List.copyOf(withoutProxies);
        }
    }

    /** Which proxy is compared, by which name and where clients come to. */
    record CompareOrder(ClusterName cluster, NodeName proxy, List<NodeName> withoutProxies, String host, int port) {
        public CompareOrder {
            withoutProxies = List.copyOf(withoutProxies);
        }
    }

    /** How many siblings it was compared with, and what it serves, in one line. */
    record CompareReport(int siblings, String says) {}

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
