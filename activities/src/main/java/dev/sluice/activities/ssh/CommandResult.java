package dev.sluice.activities.ssh;

/** What a remote command answered: exit status and both streams, each at most 1 MiB. */
public record CommandResult(int exit, String out, String err) {
    public boolean succeeded() {
        return exit == 0;
    }
}
