package dev.sluice.workflows;

import dev.sluice.workflows.activity.CloudActivities.PlanFacts;
import dev.sluice.workflows.activity.DnsActivities.PublishedRecords;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.activity.TruthActivities.AddressAnswer;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.truth.TruthReport;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the current state of a cluster: nodes, members, records, templates; and for a plan, whether the cloud could
 * execute it. Short; changes nothing.
 */
@WorkflowInterface
public interface ShowCluster {
    @WorkflowMethod
    ClusterReport run(ClusterFile file, @Nullable ChangePlan plan);

    /**
     * The current state of a cluster.
     *
     * @param service as clients see it
     * @param facts the result of the plan's check; empty without a plan, or if it is refused
     * @param refusals why the plan is refused
     * @param unknown parts that could not be read, each with the reason
     */
    record ClusterReport(
            Instant at,
            List<NodeStatus> nodes,
            List<ProxyMembers> proxies,
            PublishedRecords records,
            ServiceView service,
            List<Template> templates,
            Optional<PlanFacts> facts,
            List<String> refusals,
            List<String> unknown) {
        public ClusterReport {
            refusals = List.copyOf(refusals);
            nodes = List.copyOf(nodes);
            proxies = List.copyOf(proxies);
            templates = List.copyOf(templates);
            unknown = List.copyOf(unknown);
        }

        /** A report without the view from outside. */
        public ClusterReport(
                Instant at,
                List<NodeStatus> nodes,
                List<ProxyMembers> proxies,
                PublishedRecords records,
                List<Template> templates,
                Optional<PlanFacts> facts,
                List<String> refusals,
                List<String> unknown) {
            this(at, nodes, proxies, records, ServiceView.UNSEEN, templates, facts, refusals, unknown);
        }

        /** The same report with what clients get. */
        public ClusterReport withService(ServiceView seen) {
            return new ClusterReport(at, nodes, proxies, records, seen, templates, facts, refusals, unknown);
        }
    }

    /**
     * The service from outside: where the truths disagree, and what clients get.
     *
     * @param answers empty if the addresses could not be visited
     */
    record ServiceView(TruthReport truths, List<AddressAnswer> answers) {
        public static final ServiceView UNSEEN = new ServiceView(TruthReport.EMPTY, List.of());

        public ServiceView {
            answers = List.copyOf(answers);
        }
    }
}
