package dev.sluice.workflows;

import dev.sluice.workflows.ShowCluster.ServiceView;
import dev.sluice.workflows.activity.AccountActivities.TokenScope;
import dev.sluice.workflows.activity.DnsActivities.PublishedRecords;
import dev.sluice.workflows.activity.DnsActivities.ZoneDelegation;
import dev.sluice.workflows.activity.NodeActivities.NodePingReport;
import dev.sluice.workflows.activity.ProxyActivities.ProxyFindings;
import dev.sluice.workflows.activity.WorkerActivities.WorkerFacts;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeStatus;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checks each part that a deployment depends on, for the doctor. Short; changes nothing. */
@WorkflowInterface
public interface ExamineCluster {
    @WorkflowMethod
    ClusterExamination run(ClusterFile file);

    /**
     * The measured facts; the doctor judges them.
     *
     * @param at Temporal's clock when it began
     * @param service as clients see it
     * @param greetings answers of the nodes that answered
     * @param unknown parts that could not be read, each with the reason
     */
    record ClusterExamination(
            Instant at,
            Optional<WorkerFacts> worker,
            List<TokenScope> scopes,
            Optional<ZoneDelegation> zone,
            Optional<PublishedRecords> records,
            ServiceView service,
            List<NodeStatus> nodes,
            List<NodePingReport> greetings,
            List<ProxyFindings> proxies,
            List<Template> templates,
            List<UnknownPart> unknown) {
        public ClusterExamination {
            scopes = List.copyOf(scopes);
            nodes = List.copyOf(nodes);
            greetings = List.copyOf(greetings);
            proxies = List.copyOf(proxies);
            templates = List.copyOf(templates);
            unknown = List.copyOf(unknown);
        }

        /** An examination without the view from outside. */
        public ClusterExamination(
                Instant at,
                Optional<WorkerFacts> worker,
                List<TokenScope> scopes,
                Optional<ZoneDelegation> zone,
                Optional<PublishedRecords> records,
                List<NodeStatus> nodes,
                List<NodePingReport> greetings,
                List<ProxyFindings> proxies,
                List<Template> templates,
                List<UnknownPart> unknown) {
            this(at, worker, scopes, zone, records, ServiceView.UNSEEN, nodes, greetings, proxies, templates, unknown);
        }

        /** Returns why that part could not be read; empty if it was read. */
        public Optional<String> whyUnknown(String part) {
            return unknown.stream()
                    .filter(one -> one.part().equals(part))
                    .map(UnknownPart::why)
                    .findFirst();
        }
    }

    /** A part that could not be read: worker, scopes, zone, records, truths, service, nodes, proxies, templates, or a node's name. */
    record UnknownPart(String part, String why) {}
}
