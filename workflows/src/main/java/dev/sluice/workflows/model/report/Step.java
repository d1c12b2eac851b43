package dev.sluice.workflows.model.report;

/** A step of a runbook, with its name for the operator. */
public enum Step {
    CHECK_PLAN("check plan"),
    APPROVAL("approval"),
    CLONE("clone"),
    FIRST_BOOT("first boot"),
    RECIPE("recipe"),
    SANITY_GATE("sanity gate"),
    JOIN_CLUSTER("join cluster"),
    UPDATE_DNS("update DNS"),
    RELOAD_PROXY("reload proxy"),
    PROBATION("probation"),
    LEAVE_CLUSTER("leave cluster"),
    WITHDRAW("withdraw from DNS"),
    CLEAN_UP("clean up"),
    SNAPSHOT("snapshot"),
    DESTROY("destroy");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
