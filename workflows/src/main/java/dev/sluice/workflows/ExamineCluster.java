package dev.sluice.workflows;

import dev.sluice.workflows.activity.AccountActivities.Scope;
import dev.sluice.workflows.activity.DnsActivities.Delegation;
import dev.sluice.workflows.activity.DnsActivities.Records;
import dev.sluice.workflows.activity.NodeActivities.Greeting;
import dev.sluice.workflows.activity.ProxyActivities.ProxyLook;
import dev.sluice.workflows.activity.WorkerActivities.WorkerFacts;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Template;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at each link that a deployment hangs on, for the doctor. Short; changes nothing. */
@WorkflowInterface
public interface ExamineCluster {
    @WorkflowMethod
    Examination run(ClusterFile file);

    /**
     * What was found, before it is judged.
     *
     * @param at Temporal's clock when it began
     * @param greetings of the nodes that answered
     * @param unknown what could not be asked, and why
     */
    record Examination(
            Instant at,
            Optional<WorkerFacts> worker,
            List<Scope> scopes,
            Optional<Delegation> zone,
            Optional<Records> records,
            List<NodeStatus> nodes,
            List<Greeting> greetings,
            List<ProxyLook> proxies,
            List<Template> templates,
            List<Unknown> unknown) {
        public Examination {
            scopes = List.copyOf(scopes);
            nodes = List.copyOf(nodes);
            greetings = List.copyOf(greetings);
            proxies = List.copyOf(proxies);
            templates = List.copyOf(templates);
            unknown = List.copyOf(unknown);
        }

        /** Why that part could not be asked; empty if it was. */
        public Optional<String> whyUnknown(String part) {
            return unknown.stream()
                    .filter(one -> one.part().equals(part))
                    .map(Unknown::why)
                    .findFirst();
        }
    }

    /** A part that could not be asked: worker, scopes, zone, records, nodes, proxies, templates, or a node's name. */
    record Unknown(String part, String why) {}
}
