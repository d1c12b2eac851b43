package dev.sluice.workflows.model.truth;

/** How two truths disagree, and which changes that stops. */
public enum DifferenceKind {
    /** A droplet with Sluice's tags that somebody renamed or retagged: it fell out of the lists. */
    ALTERED_DROPLET(StoppedChanges.ALL),
    /** An address under the service's name that is no known node and is not in {@code dns.others}. */
    UNKNOWN_ADDRESS(StoppedChanges.THAT_REACH_EVERY_PROXY),
    /** Another record at the service's name leads clients away from its addresses. */
    ALIAS(StoppedChanges.ALL),
    /** A published node whose state says that it takes no traffic, so that no change would reach it. */
    NOT_IN_TRAFFIC(StoppedChanges.THAT_REACH_EVERY_PROXY),
    /** Two addresses under the service's name that lead to one machine: it counts once. */
    SAME_MACHINE(StoppedChanges.ITS_RETIREMENT),
    /** A record of another name that leads to a node. */
    OTHER_NAME(StoppedChanges.ITS_RETIREMENT),
    /** A node that was published under another name than the cluster file's. */
    OTHER_SERVICE(StoppedChanges.ITS_RETIREMENT),
    /** A proxy in service that no record of the account leads to; it may leave, and that is said. */
    UNPUBLISHED(StoppedChanges.NONE),
    /** A part could not be read, so that a difference may be missing. */
    UNREAD(StoppedChanges.NONE);

    /** The changes that a difference stops. */
    enum StoppedChanges {
        ALL,
        /** All except a deployment of proxies, which needs no other proxy and is the remedy if all are lost. */
        THAT_REACH_EVERY_PROXY,
        ITS_RETIREMENT,
        NONE
    }

    private final StoppedChanges stops;

    DifferenceKind(StoppedChanges stops) {
        this.stops = stops;
    }

    StoppedChanges stops() {
        return stops;
    }

    /** Whether the cluster is not as it should be; a record of another name is the owner's own. */
    public boolean isFinding() {
        return this != OTHER_NAME;
    }
}
