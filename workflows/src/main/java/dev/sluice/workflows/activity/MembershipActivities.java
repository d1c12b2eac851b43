package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.Optional;

/**
 * Who takes traffic: the truth on every proxy of a cluster, that is every droplet tagged {@code role:proxy} whose state
 * is ready, in service or leaving, published or not, but for those left out by name. (A proxy that is still deploying
 * takes no traffic and adopts all members itself once it is ready.) The list is asked for again after writing until it
 * stands still; all connections are opened before the first write. Fails with PROXY_UNREACHABLE, PROXY_REFUSED or
 * GUARD_REFUSED.
 */
@ActivityInterface(namePrefix = "Membership.")
public interface MembershipActivities {
    /**
     * Joins the member with the drain flag: only requests pinned to it reach it. Set semantics; refused after a leave. A
     * PROXY_UNREACHABLE whose details are {@link UntouchedProxies} proves that no try of it wrote anything.
     */
    MembershipReport join(MemberOrder order);

    /**
     * Takes the drain flag off, live and in the file, and proves it: now in service. {@code anew}: the proxies are listed
     * anew, and the report names those that wait; otherwise a list some seconds old will do.
     */
    MembershipReport open(MemberOrder order, boolean anew);

    /**
     * Takes the member out: ejected live and in the file, drained, file removed, tombstone. Guarded unless the order
     * says that the run takes back its own node. A second call finds it done.
     */
    MembershipReport leave(LeaveOrder order);

    /** Takes the member out of traffic at once and keeps it so through reloads; guarded. */
    MembershipReport eject(EjectOrder order);

    /** Ends an ejection, ours or another hand's. */
    MembershipReport readmit(MemberOrder order);

    /**
     * Makes one proxy's members equal to the cluster's: nodes in service open, ready ones with the drain flag, ejections
     * as on its siblings, files of others away. Lists the nodes again until they stand still. Needs no other proxy.
     */
    MembershipReport adopt(AdoptOrder order);

    /** What every proxy says of every member; a proxy that cannot be reached is in the answer, not a failure. */
    List<ProxyMembers> read(ClusterName cluster);

    /** Which member, on which proxies. */
    record MemberOrder(ClusterName cluster, Member member, List<NodeName> withoutProxies) {
        public MemberOrder {
            withoutProxies = List.copyOf(withoutProxies);
        }
    }

    /** Proxies in service that did not answer and that the member was never written to: they need no leave. */
    record UntouchedProxies(List<NodeName> proxies) {
        public UntouchedProxies {
            proxies = List.copyOf(proxies);
        }
    }

    /** The member as proxies know it: its name is its route. */
    record Member(NodeName name, Ipv4Address address, int port) {}

    /**
     * Who leaves.
     *
     * @param minimum healthy others that must remain; ignored if {@code ownNode}
     * @param ownNode whether the run takes back what it joined itself
     * @param again whether an earlier leave has waited for the requests in flight already: this one ends with its own wait
     */
    record LeaveOrder(
            ClusterName cluster,
            Member member,
            List<NodeName> withoutProxies,
            int minimum,
            boolean ownNode,
            boolean again) {
        public LeaveOrder {
            withoutProxies = List.copyOf(withoutProxies);
        }

        public LeaveOrder(
                ClusterName cluster, Member member, List<NodeName> withoutProxies, int minimum, boolean ownNode) {
            this(cluster, member, withoutProxies, minimum, ownNode, false);
        }
    }

    /** Who is ejected, by whom and why. */
    record EjectOrder(ClusterName cluster, Member member, int minimum, String by, String reason) {}

    /** The proxy that takes the members, and the port that they listen on. */
    record AdoptOrder(ClusterName cluster, NodeName proxy, int port) {}

    /**
     * What was done on which proxies, in one line.
     *
     * @param waiting those of them that are ready and not in service; empty if nobody looked
     */
    record MembershipReport(List<NodeName> proxies, String says, Optional<List<NodeName>> waiting) {
        public MembershipReport {
            proxies = List.copyOf(proxies);
        }

        public MembershipReport(List<NodeName> proxies, String says) {
            this(proxies, says, Optional.empty());
        }
    }

    /** One proxy's members; unreachable says why it could not be asked. */
    record ProxyMembers(NodeName proxy, Optional<String> unreachable, List<MemberStatus> members) {
        public ProxyMembers {
            members = List.copyOf(members);
        }
    }

    /**
     * One member on one proxy.
     *
     * @param state what the files say
     * @param running Apache's own words, such as {@code Init Ok}; empty if Apache does not know it
     * @param note for an ejection: who and why
     */
    record MemberStatus(NodeName name, MemberState state, String running, long requests, Optional<String> note) {
        /** What a member's files say. */
        public enum MemberState {
            JOINED,
            DRAINING,
            EJECTED,
            EJECTED_BY_ANOTHER_HAND,
            LEFT
        }
    }
}
