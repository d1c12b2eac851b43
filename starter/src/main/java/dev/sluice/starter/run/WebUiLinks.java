package dev.sluice.starter.run;

import dev.sluice.workflows.model.cluster.ClusterName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of Temporal's Web UI. */
public record WebUiLinks(String ui, String namespace) {
    /** The run's page; ids are percent-encoded, since ours hold slashes. */
    public String workflowPage(String workflowId) {
        return "%s/namespaces/%s/workflows/%s".formatted(base(), encoded(namespace), encoded(workflowId));
    }

    /** The page of one execution. */
    public String runPage(Run run) {
        return "%s/%s/timeline".formatted(workflowPage(run.id()), run.runId());
    }

    /** The list of those runs that fit one of Temporal's list filters. */
    public String filteredPage(String filter) {
        return "%s/namespaces/%s/workflows?query=%s".formatted(base(), encoded(namespace), encoded(filter));
    }

    /** The list of a cluster's runs. */
    public String clusterPage(ClusterName cluster) {
        return filteredPage("SluiceCluster=\"%s\"".formatted(cluster));
    }

    /** The list of schedules. */
    public String schedules() {
        return "%s/namespaces/%s/schedules".formatted(base(), encoded(namespace));
    }

    private String base() {
        return ui.endsWith("/") ? ui.substring(0, ui.length() - 1) : ui;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
