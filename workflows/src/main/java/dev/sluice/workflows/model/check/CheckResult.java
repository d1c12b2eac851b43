package dev.sluice.workflows.model.check;

/**
 * One check's answer.
 *
 * @param check its name in docs/checks.md
 * @param says measured and expected, in one line
 * @param passing whether it is a state that may pass by itself, such as an application that still warms up
 */
public record CheckResult(String check, CheckStatus status, String says, boolean passing) {
    public CheckResult(String check, CheckStatus status, String says) {
        this(check, status, says, false);
    }
}
