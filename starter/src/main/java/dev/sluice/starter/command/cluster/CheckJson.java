package dev.sluice.starter.command.cluster;

import dev.sluice.workflows.CheckCluster.CheckReport;
import dev.sluice.workflows.model.check.CheckFinding;
import dev.sluice.workflows.model.cluster.ClusterName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A check as JSON, for programs: docs/schemas/check.v1.json describes it. A change that a reader of version 1 would not
 * understand gets another version.
 */
record CheckJson(String schema, String cluster, Instant at, int nodes, List<JsonFinding> findings, List<String> notes) {
    static final String SCHEMA = "sluice/check/v1";

    record JsonFinding(String subject, String check, String status, String says, Instant since, int strikes) {}

    static CheckJson of(ClusterName cluster, CheckReport report) {
        return new CheckJson(
                SCHEMA,
                cluster.value(),
                report.at(),
                report.nodes(),
                report.found().stream().map(CheckJson::finding).toList(),
                report.notes());
    }

    private static JsonFinding finding(CheckFinding one) {
        return new JsonFinding(
                one.subject(),
                one.check(),
                one.status().name().toLowerCase(Locale.ROOT),
                one.says(),
                one.since(),
                one.strikes());
    }
}
