package dev.sluice.workflows.runbook.run;

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
import dev.sluice.workflows.activity.TruthActivities;
import dev.sluice.workflows.activity.WatchActivities;
import dev.sluice.workflows.activity.WorkerActivities;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.run.Patience.ActivityLimits;
import io.temporal.workflow.Workflow;
import java.util.List;

/** Makes activity stubs, each with its limits and its summary for the Web UI. */
public final class ActivityStubs {
    private ActivityStubs() {}

    public static CloudActivities cloud(ActivityLimits limits, String summary) {
        return Workflow.newActivityStub(CloudActivities.class, limits.options(summary));
    }

    public static NodeActivities node(ActivityLimits limits, String summary) {
        return Workflow.newActivityStub(NodeActivities.class, limits.options(summary));
    }

    public static MembershipActivities membership(ActivityLimits limits, String summary) {
        return Workflow.newActivityStub(MembershipActivities.class, limits.options(summary));
    }

    public static ProxyActivities proxy(ActivityLimits limits, String summary) {
        return Workflow.newActivityStub(ProxyActivities.class, limits.options(summary));
    }

    public static DnsActivities dns(ActivityLimits limits, String summary) {
        return Workflow.newActivityStub(DnsActivities.class, limits.options(summary));
    }

    public static TruthActivities truth(ActivityLimits limits, String summary) {
        return Workflow.newActivityStub(TruthActivities.class, limits.options(summary));
    }

    public static WatchActivities watch(ActivityLimits limits, String summary) {
        return Workflow.newActivityStub(WatchActivities.class, limits.options(summary));
    }

    public static AccountActivities account(ActivityLimits limits, String summary) {
        return Workflow.newActivityStub(AccountActivities.class, limits.options(summary));
    }

    public static WorkerActivities worker(ActivityLimits limits, String summary) {
        return Workflow.newActivityStub(WorkerActivities.class, limits.options(summary));
    }

    public static RunActivities runs(ActivityLimits limits, String summary) {
        return Workflow.newActivityStub(RunActivities.class, limits.options(summary));
    }

    public static ScheduleActivities schedules(ActivityLimits limits, String summary) {
        return Workflow.newActivityStub(ScheduleActivities.class, limits.options(summary));
    }

    public static ExpiryActivities expiry(ActivityLimits limits, String summary) {
        return Workflow.newActivityStub(ExpiryActivities.class, limits.options(summary));
    }

    public static List<NodeStatus> listNodes(ActivityLimits limits, String summary, ClusterName cluster) {
        return cloud(limits, summary).listNodes(cluster, false);
    }

    static NoticeActivities notices(ActivityLimits limits, String summary) {
        return Workflow.newActivityStub(NoticeActivities.class, limits.options(summary));
    }
}
