package dev.sluice.workflows.model.check;

/**
 * One check's answer.
 *
 * @param check its name in docs/checks.md
 * @param says measured and expected, in one line
 */
public record CheckResult(String check, CheckStatus status, String says) {}
