package dev.sluice.workflows.runbook;

import dev.sluice.workflows.activity.NodeActivities.BootReport;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.RoleSpec;
import dev.sluice.workflows.model.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes a clone unique and configured. */
final class FirstBoot {
    private final NodeRun run;

    FirstBoot(NodeRun run) {
        this.run = run;
    }

    /** Returns the order as it was carried out: the gate compares with it. */
    FirstBootOrder of(Node node) {
        run.progress()
                .begin(
                        Step.FIRST_BOOT,
                        "host key, %d files".formatted(spec(node).files().size()));
        FirstBootOrder order = order(node);
        BootReport boot = Reach.node(run.patience().lengthy(), "make %s unique and configured".formatted(node.name()))
                .firstBoot(order);
        run.progress().done(boot.says());
        return order;
    }

    private FirstBootOrder order(Node node) {
        return new FirstBootOrder(
                node, spec(node).files(), spec(node).services(), values(run.file(), node), members(node));
    }

    private RoleSpec spec(Node node) {
        return run.file().role(node.role());
    }

    static Map<String, String> values(ClusterFile file, Node node) {
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

    /** Only a proxy's files name members; its own list of members is made later, from what is true then. */
    private Map<String, String> members(Node node) {
        if (node.role() == Role.APP) {
            return Map.of();
        }
        int port = run.file().role(Role.APP).port();
        List<NodeStatus> nodes = new ProxyProof(run).nodes();
        return nodes.stream()
                .filter(status -> status.ref().role() == Role.APP)
                .flatMap(status -> status.node().stream())
                .collect(Collectors.toMap(
                        app -> app.name().value(),
                        app -> "%s:%d".formatted(app.privateAddress(), port),
                        (one, two) -> one));
    }
}
