package dev.sluice.activities.ssh;

/** The state of a named job on a node. */
public sealed interface RemoteJobState {
    /** It was not started, or it was removed. */
    record NotStarted() implements RemoteJobState {}

    /** It is in progress; these are its last lines so far. */
    record Running(String lastLines) implements RemoteJobState {}

    /** It exited with 0. */
    record Succeeded(String lastLines) implements RemoteJobState {}

    /**
     * It failed.
     *
     * @param why the end of a message, such as {@code the node was restarted while it ran}
     */
    record Failed(int exit, String why, String lastLines) implements RemoteJobState {}
}
