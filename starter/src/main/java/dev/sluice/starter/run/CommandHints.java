package dev.sluice.starter.run;

import dev.sluice.workflows.model.cluster.Role;

/** Builds every command that the CLI prints for the operator to type; a test parses each. */
public final class CommandHints {
    /** Number of digits that are printed of a plan's digest. */
    public static final int DIGEST = 12;

    private CommandHints() {}

    public static String deploy(Role role) {
        return "sluice deploy --role %s".formatted(role);
    }

    public static String dryRun(Role role) {
        return "sluice deploy --role %s --dry-run".formatted(role);
    }

    public static String retire(String node) {
        return "sluice retire %s".formatted(node);
    }

    public static String readmit(String node) {
        return "sluice readmit %s".formatted(node);
    }

    public static String show(String run) {
        return "sluice show %s".formatted(run);
    }

    public static String watch(String run) {
        return "sluice watch %s".formatted(run);
    }

    public static String ssh(String node) {
        return "sluice ssh %s".formatted(node);
    }

    public static String cancel(String run) {
        return "sluice cancel %s".formatted(run);
    }

    public static String approve(String run, String digest) {
        return "sluice approve %s --plan %s --reason \"…\"".formatted(run, digest);
    }

    public static String reject(String run) {
        return "sluice reject %s --reason \"…\"".formatted(run);
    }

    public static String leaks() {
        return "sluice leaks";
    }

    public static String fixLeaks() {
        return "sluice leaks --fix";
    }

    public static String doctor() {
        return "sluice doctor";
    }

    public static String status() {
        return "sluice status";
    }

    public static String list() {
        return "sluice list";
    }

    public static String bake(Role role) {
        return "sluice template bake --role %s".formatted(role);
    }

    public static String templates() {
        return "sluice template list";
    }

    public static String approveTemplate(String image) {
        return "sluice template approve %s --reason \"…\"".formatted(image);
    }

    public static String schedules() {
        return "sluice schedule list";
    }

    public static String setSchedules() {
        return "sluice schedule set";
    }

    public static String resumeSchedule(String name) {
        return "sluice schedule resume %s".formatted(name);
    }

    public static String listAll() {
        return "sluice list --all";
    }
}
