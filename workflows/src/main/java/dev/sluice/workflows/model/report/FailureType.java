package dev.sluice.workflows.model.report;

/** The reason of a failure: the {@code type} of every ApplicationFailure. docs/failures.md has a row for each. */
public enum FailureType {
    CLOUD_BUSY(
            true,
            1,
            "Temporal retries once the rate limit allows. If the run has ended, start it again in some minutes."),
    CLOUD_REFUSED(false, 1, "Read DigitalOcean's answer; the request had no effect."),
    CLOUD_UNCLEAR(
            true,
            1,
            "Sluice checks what exists and retries. If the run has ended, start it again: it reuses what was created."),
    CLOUD_DENIED(false, 4, "Give the workers a token that may read and write droplets, images, tags and domains."),
    QUOTA_REACHED(false, 5, "Retire nodes, or ask DigitalOcean for a higher droplet limit."),
    NODE_UNREACHABLE(
            true, 1, "Check whether the node runs, and whether the worker's network reaches its private address."),
    LOGIN_REFUSED(
            true,
            1,
            "Check whether root may log in with the workers' key: ssh_keys in the cluster file, and PermitRootLogin, AllowUsers, AuthorizedKeysFile and MaxSessions in the template's sshd_config."),
    HOST_IDENTITY(
            false,
            1,
            "Another machine answers at that address, or its key was changed: find out which before you retry."),
    COMMAND_FAILED(false, 1, "Read the command's last lines in the evidence."),
    COMMAND_LOST(
            true,
            1,
            "Sluice polls the job on the node again. If the run has ended, read its evidence and start it again."),
    GATE_CLOSED(
            false,
            1,
            "Read the verdict. Another clone may get better hardware; the same template has the same packages."),
    PROBATION_FAILED(false, 1, "Read the member's errors: the application fails under real requests."),
    PROXY_REFUSED(
            false,
            1,
            "Read the proxy's answer: its configuration, or a manual change to it, conflicts with this update."),
    PROXY_UNREACHABLE(true, 5, "Fix the proxy, retire it, or continue with --without-proxy NAME --reason."),
    PROXY_DIFFERS(false, 1, "Compare its certificate, its files and its members with a sibling's."),
    DNS_REFUSED(false, 1, "Check the zone's records: a record that Sluice did not make has that name."),
    APPROVAL_REJECTED(false, 7, "Read the reason of the rejection; start again once it is resolved."),
    APPROVAL_EXPIRED(false, 7, "Request a new plan and a new approval."),
    TEMPLATE_REFUSED(false, 5, "Approve the template, or bake one for this region and size."),
    GUARD_REFUSED(false, 5, "Deploy another member first, or lower the role's minimum in the cluster file."),
    TRUTHS_DIFFER(false, 5, "Resolve the named difference by hand, then start the change again."),
    CHANGE_RUNNING(false, 5, "Watch the change that holds the lock, or add --wait."),
    RUN_REPEATED(
            false,
            5,
            "Nothing was changed. Start what you want with a command; use Temporal's Reset only for an open run that is stuck."),
    CONFIG_CHANGED(false, 5, "Review the difference and add --accept-config if it is intended."),
    SECRET_MISSING(false, 2, "Give the workers the secret that the cluster file names."),
    NOTICE_LOST(true, 1, "Temporal retries the notice. If this lasts, check whether the workers reach the webhook."),
    NOTICE_REFUSED(false, 1, "Give the workers the webhook's URL in the secret that notices.webhook names."),
    NOT_UNDONE(false, 3, "Remove the named resources: sluice leaks --fix."),
    PLAN_INVALID(false, 2, "Correct the plan; nothing was started.");

    private final boolean retried;
    private final int exitCode;
    private final String advice;

    FailureType(boolean retried, int exitCode, String advice) {
        this.retried = retried;
        this.exitCode = exitCode;
        this.advice = advice;
    }

    /** Whether Temporal retries the step. */
    public boolean isRetryable() {
        return retried;
    }

    /** Returns the CLI's exit code when a run ends for this reason and everything is as before. */
    public int exitCode() {
        return exitCode;
    }

    /** Returns what the operator should do. */
    public String advice() {
        return advice;
    }
}
