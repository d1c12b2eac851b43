package dev.sluice.activities.ssh;

/** The result of a remote command: exit status and both streams, each at most 1 MiB and cleaned as {@link RemoteText} does. */
public record CommandResult(int exit, String out, String err) {
    public boolean succeeded() {
        return exit == 0;
    }
}
