package dev.sluice.workflows.model.report;

/** Why something did not work: the {@code type} of every ApplicationFailure; docs/failures.md has a row for each. */
public enum FailureType {
    CLOUD_BUSY(
            true,
            1,
            "It is tried again when DigitalOcean says so; once the run has ended, start it again in some minutes."),
    CLOUD_REFUSED(false, 1, "Read DigitalOcean's answer; the request was not carried out."),
    CLOUD_UNCLEAR(true, 1, "It looks and tries again; once the run has ended, start it again: what is there is found."),
    CLOUD_DENIED(false, 4, "Give the workers a token that may read and write droplets, images, tags and domains."),
    QUOTA_REACHED(false, 5, "Retire nodes, or ask DigitalOcean for a higher droplet limit."),
    NODE_UNREACHABLE(
            true, 1, "See whether the node runs, and whether the worker's network reaches its private address."),
    HOST_IDENTITY(
            false,
            1,
            "Another machine answers at that address, or its key was changed: find out which before trying again."),
    COMMAND_FAILED(false, 1, "Read the command's last lines; they are in the evidence."),
    COMMAND_LOST(
            true,
            1,
            "The job on the node is asked again; once the run has ended, read its evidence and start it again."),
    GATE_CLOSED(
            false,
            1,
            "Read the verdict; another clone may get better hardware, the same template gives the same packages."),
    PROBATION_FAILED(false, 1, "Read the member's errors; the application fails under real requests."),
    PROXY_REFUSED(false, 1, "Read what the proxy said: its own configuration, or another hand's, is in the way."),
    PROXY_UNREACHABLE(true, 5, "Mend the proxy, retire it, or go on with --without-proxy NAME --reason."),
    PROXY_DIFFERS(false, 1, "Compare its certificate, its files and its members with a sibling's."),
    DNS_REFUSED(false, 1, "See the zone's records: another hand holds that name."),
    APPROVAL_REJECTED(false, 7, "Ask who rejected it; start again when the reason is gone."),
    APPROVAL_EXPIRED(false, 7, "Ask for a new plan and a new approval."),
    TEMPLATE_REFUSED(false, 5, "Approve the template, or bake one for this region and size."),
    GUARD_REFUSED(false, 5, "Deploy another member first, or lower the role's minimum in the cluster file."),
    CHANGE_RUNNING(false, 5, "Watch the change that holds the lock, or add --wait."),
    CONFIG_CHANGED(false, 5, "Look at the difference and add --accept-config if it is wanted."),
    SECRET_MISSING(false, 2, "Give the workers the secret that the cluster file names."),
    NOTICE_LOST(true, 1, "It is told again; if it lasts, see whether the workers reach the webhook."),
    NOTICE_REFUSED(false, 1, "Give the workers the webhook's URL in the secret that notices.webhook names."),
    NOT_UNDONE(false, 3, "Remove what is named: sluice leaks --fix."),
    PLAN_INVALID(false, 2, "Mend the plan; nothing was started.");

    private final boolean retried;
    private final int exitCode;
    private final String advice;

    FailureType(boolean retried, int exitCode, String advice) {
        this.retried = retried;
        this.exitCode = exitCode;
        this.advice = advice;
    }

    /** Whether Temporal tries the step again by itself. */
    public boolean isRetryable() {
        return retried;
    }

    /** What the CLI exits with when a run ends for this reason and everything is as before. */
    public int exitCode() {
        return exitCode;
    }

    /** What the operator should do. */
    public String advice() {
        return advice;
    }
}
