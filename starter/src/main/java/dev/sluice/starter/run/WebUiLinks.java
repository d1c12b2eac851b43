package dev.sluice.starter.run;

import dev.sluice.workflows.model.cluster.ClusterName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Builds addresses of Temporal's Web UI. */
public record WebUiLinks(String ui, String namespace) {
    /** Returns the page of a workflow. Its ID is percent-encoded, because Sluice's IDs contain slashes. */
    public String workflowPage(String workflowId) {
        return "%s/namespaces/%s/workflows/%s".formatted(base(), encoded(namespace), encoded(workflowId));
    }

    /** Returns the page of one execution. */
    public String runPage(Run run) {
        return "%s/%s/timeline".formatted(workflowPage(run.id()), run.runId());
    }

    /** Returns the list of the runs that match one of Temporal's list filters. */
    public String filteredPage(String filter) {
        return "%s/namespaces/%s/workflows?query=%s".formatted(base(), encoded(namespace), encoded(filter));
    }

    /** Returns the list of a cluster's runs. */
    public String clusterPage(ClusterName cluster) {
        return filteredPage("SluiceCluster=\"%s\"".formatted(cluster));
    }

    /** Returns the list of schedules. */
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
