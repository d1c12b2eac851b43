package dev.sluice.activities.ssh;

/** What became of a named job on a node. */
public sealed interface RemoteJobState {
    /** Nobody started it, or it was cleaned away. */
    record NotStarted() implements RemoteJobState {}

    /** It goes on; these are its last lines so far. */
    record Running(String lastLines) implements RemoteJobState {}

    /** It exited with 0. */
    record Succeeded(String lastLines) implements RemoteJobState {}

    /**
     * It ended otherwise.
     *
     * @param why a sentence's end, such as {@code the node was restarted while it ran}
     */
    record Failed(int exit, String why, String lastLines) implements RemoteJobState {}
}
