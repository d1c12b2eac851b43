package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.activity.NodeActivities.BootReport;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.RoleSpec;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes a clone unique and configured. */
public final class FirstBootStep {
    private final NodeContext run;

    FirstBootStep(NodeContext run) {
        this.run = run;
    }

    /** Returns the executed order, with which the gate compares. */
    FirstBootOrder run(Node node) {
        run.progress()
                .begin(
                        Step.FIRST_BOOT,
                        "host key, %d files".formatted(spec(node).files().size()));
        FirstBootOrder order = order(node);
        BootReport boot = ActivityStubs.node(
                        run.patience().longRunning(), "make %s unique and configured".formatted(node.name()))
                .firstBoot(order);
        run.progress().complete(boot.says());
        return order;
    }

    private FirstBootOrder order(Node node) {
        return new FirstBootOrder(
                node, spec(node).files(), spec(node).services(), templateValues(run.file(), node), members(node));
    }

    private RoleSpec spec(Node node) {
        return run.file().role(node.role());
    }

    public static Map<String, String> templateValues(ClusterFile file, Node node) {
        return Map.of(
                "cluster",
                file.name().value(),
                "domain",
                file.domain(),
                "serviceName",
                file.serviceName(),
                "port",
                Integer.toString(file.role(node.role()).port()));
    }

    /** Returns the members for a proxy's files. Its balancer's list of members is made later, by adoption. */
    private Map<String, String> members(Node node) {
        if (!node.role().facesClients()) {
            return Map.of();
        }
        List<NodeStatus> nodes = new ProxyReadiness(run).nodes();
        return nodes.stream()
                .filter(status -> status.ref().role().isMember())
                .flatMap(status -> status.node().stream())
                .collect(Collectors.toMap(
                        app -> app.name().value(),
                        app -> "%s:%d"
                                .formatted(
                                        app.privateAddress(),
                                        run.file().role(app.role()).port()),
                        (one, two) -> one));
    }
}
