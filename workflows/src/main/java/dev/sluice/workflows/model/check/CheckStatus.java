package dev.sluice.workflows.model.check;

/** What one check came to. */
public enum CheckStatus {
    OK,
    WARN,
    CRITICAL,
    /** Could not be asked; never passes. */
    UNKNOWN,
    /** Cannot exist on this machine, for a stable reason that is said in words. */
    NOT_APPLICABLE;

    public boolean closesGate() {
        return this == CRITICAL || this == UNKNOWN;
    }
}
