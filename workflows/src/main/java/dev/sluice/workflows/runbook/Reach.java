package dev.sluice.workflows.runbook;

import dev.sluice.workflows.activity.AccountActivities;
import dev.sluice.workflows.activity.CloudActivities;
import dev.sluice.workflows.activity.DnsActivities;
import dev.sluice.workflows.activity.ExpiryActivities;
import dev.sluice.workflows.activity.MembershipActivities;
import dev.sluice.workflows.activity.NodeActivities;
import dev.sluice.workflows.activity.NoticeActivities;
import dev.sluice.workflows.activity.ProxyActivities;
import dev.sluice.workflows.activity.RunActivities;
import dev.sluice.workflows.activity.ScheduleActivities;
import dev.sluice.workflows.activity.WorkerActivities;
import dev.sluice.workflows.runbook.Patience.Limits;
import io.temporal.workflow.Workflow;

/** The activities as a runbook reaches them: each call with its limits and its words for the Web UI's timeline. */
final class Reach {
    private Reach() {}

    static CloudActivities cloud(Limits limits, String summary) {
        return Workflow.newActivityStub(CloudActivities.class, limits.options(summary));
    }

    static NodeActivities node(Limits limits, String summary) {
        return Workflow.newActivityStub(NodeActivities.class, limits.options(summary));
    }

    static MembershipActivities membership(Limits limits, String summary) {
        return Workflow.newActivityStub(MembershipActivities.class, limits.options(summary));
    }

    static ProxyActivities proxy(Limits limits, String summary) {
        return Workflow.newActivityStub(ProxyActivities.class, limits.options(summary));
    }

    static DnsActivities dns(Limits limits, String summary) {
        return Workflow.newActivityStub(DnsActivities.class, limits.options(summary));
    }

    static AccountActivities account(Limits limits, String summary) {
        return Workflow.newActivityStub(AccountActivities.class, limits.options(summary));
    }

    static WorkerActivities worker(Limits limits, String summary) {
        return Workflow.newActivityStub(WorkerActivities.class, limits.options(summary));
    }

    static RunActivities runs(Limits limits, String summary) {
        return Workflow.newActivityStub(RunActivities.class, limits.options(summary));
    }

    static ScheduleActivities schedules(Limits limits, String summary) {
        return Workflow.newActivityStub(ScheduleActivities.class, limits.options(summary));
    }

    static ExpiryActivities expiry(Limits limits, String summary) {
        return Workflow.newActivityStub(ExpiryActivities.class, limits.options(summary));
    }

    static NoticeActivities notices(Limits limits, String summary) {
        return Workflow.newActivityStub(NoticeActivities.class, limits.options(summary));
    }
}
