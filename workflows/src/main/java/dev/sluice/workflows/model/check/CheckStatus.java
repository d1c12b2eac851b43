package dev.sluice.workflows.model.check;

/** The result of one check. */
public enum CheckStatus {
    OK,
    WARN,
    CRITICAL,
    /** The node did not answer the check; never passes. */
    UNKNOWN,
    /** Does not exist on this machine, for a stable reason that the answer names. */
    NOT_APPLICABLE;

    public boolean closesGate() {
        return this == CRITICAL || this == UNKNOWN;
    }
}
