package dev.sluice.workflows.activity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.workflows.model.check.HealthSpec;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members on every proxy of a cluster. Every proxy is each droplet tagged {@code role:proxy} that is ready, in
 * service or leaving, published or not, except those excluded by name. A deploying proxy takes no traffic and adopts
 * all members once it is ready. The list of proxies is read again after each write until it is stable. All connections
 * are opened before the first write. Fails with PROXY_UNREACHABLE, PROXY_REFUSED or GUARD_REFUSED.
 */
@ActivityInterface(namePrefix = "Membership.")
public interface MembershipActivities {
    /**
     * Joins the member with the drain flag: only requests pinned to it reach it. Idempotent; refused after a leave. A
     * PROXY_UNREACHABLE whose details are {@link UntouchedProxies} proves that no try wrote anything.
     */
    MembershipReport join(MemberOrder order);

    /**
     * Removes the drain flag, live and in the file, and reads it back: the member is in service. {@code anew}: the
     * proxies are listed again, and the report names those that are not published; otherwise the list may be some
     * seconds old.
     */
    MembershipReport open(MemberOrder order, boolean anew);

    /**
     * Removes the member: disabled, drained, file removed, tombstone kept. Guarded, except the own node's undo. Idempotent.
     */
    MembershipReport leave(LeaveOrder order);

    /** Takes the member out of traffic at once and keeps it out through reloads. The guard applies. */
    MembershipReport eject(EjectOrder order);

    /** Ends an ejection, also one that was made manually. */
    MembershipReport readmit(MemberOrder order);

    /**
     * Makes one proxy's members equal to the cluster's: nodes in service are open, ready nodes have the drain flag,
     * ejections are as on its siblings, other files are removed. Lists the nodes again until the list is stable. Needs
     * no other proxy.
     */
    MembershipReport adopt(AdoptOrder order);

    /** Returns every proxy's state of every member. An unreachable proxy is part of the result, not a failure. */
    List<ProxyMembers> read(ClusterName cluster);

    /** The member, and the proxies to leave out. */
    record MemberOrder(ClusterName cluster, Member member, List<NodeName> withoutProxies) {
        public MemberOrder {
            withoutProxies = List.copyOf(withoutProxies);
        }
    }

    /** Proxies in service that did not answer and never received the member: they need no leave. */
    record UntouchedProxies(List<NodeName> proxies) {
        public UntouchedProxies {
            proxies = List.copyOf(proxies);
        }
    }

    /** The member as proxies know it: its name is its route, and they ask for its health like that. */
    record Member(NodeName name, Ipv4Address address, int port, HealthSpec health) {}

    /**
     * The member that leaves.
     *
     * @param minimum healthy other members that must remain; ignored if {@code ownNode}
     * @param ownNode whether the run rolls back its own join
     * @param drain how long requests in progress are waited for; the rest is cut, and the report counts it
     */
    record LeaveOrder(
            ClusterName cluster,
            Member member,
            List<NodeName> withoutProxies,
            int minimum,
            boolean ownNode,
            Duration drain) {
        public LeaveOrder {
            withoutProxies = List.copyOf(withoutProxies);
        }
    }

    /** The member, the operator and the reason. */
    record EjectOrder(ClusterName cluster, Member member, int minimum, String by, String reason) {}

    /** The proxy that takes the members, the port that they listen on, and how they are asked for their health. */
    record AdoptOrder(ClusterName cluster, NodeName proxy, int port, HealthSpec health) {}

    /**
     * What was done on which proxies, in one line.
     *
     * @param waiting those of them that are ready and not in service; empty if the list was not read again
     * @param missing what was not done, a sentence each with the proxy and the reason; not written if empty
     */
    record MembershipReport(
            List<NodeName> proxies,
            String says,
            Optional<List<NodeName>> waiting,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> missing) {
        public MembershipReport {
            proxies = List.copyOf(proxies);
            missing = listOrEmpty(missing);
        }

        /** A report of a worker that did not know the part has none. */
        private static List<String> listOrEmpty(@Nullable List<String> list) {
            return list == null ? List.of() : List.copyOf(list);
        }

        public MembershipReport(List<NodeName> proxies, String says, Optional<List<NodeName>> waiting) {
            this(proxies, says, waiting, List.of());
        }

        public MembershipReport(List<NodeName> proxies, String says) {
            this(proxies, says, Optional.empty());
        }
    }

    /** One proxy's members; {@code unreachable} is the reason if it did not answer. */
    record ProxyMembers(NodeName proxy, Optional<String> unreachable, List<MemberStatus> members) {
        public ProxyMembers {
            members = List.copyOf(members);
        }
    }

    /**
     * One member on one proxy.
     *
     * @param state as the files state it
     * @param running Apache's own status, such as {@code Init Ok}; empty if Apache does not list the member
     * @param note of an ejection: operator and reason
     */
    record MemberStatus(NodeName name, MemberState state, String running, long requests, Optional<String> note) {
        /** The state in a member's files. */
        public enum MemberState {
            JOINED,
            DRAINING,
            EJECTED,
            EJECTED_BY_ANOTHER_HAND,
            LEFT
        }
    }
}
