package dev.sluice.activities.template;

import dev.sluice.activities.secret.SecretStore;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.model.cluster.NodeFile;
import dev.sluice.workflows.model.node.Node;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Renders a node's files from their templates or reads them from the worker's secrets. */
public final class FileRenderer {
    private final TemplateRenderer renderer = new TemplateRenderer();
    private final SecretStore secrets;

    public FileRenderer(SecretStore secrets) {
        this.secrets = secrets;
    }

    public List<RenderedFile> render(FirstBootOrder order) {
        Map<String, Object> values = values(order.node(), order.values());
        values.put("members", new TreeMap<>(order.members()));
        return order.files().stream().map(file -> rendered(file, values)).toList();
    }

    public List<RenderedFile> render(Node node, List<NodeFile> files, Map<String, String> given) {
        Map<String, Object> values = values(node, given);
        values.put("members", Map.of());
        return files.stream().map(file -> rendered(file, values)).toList();
    }

    private RenderedFile rendered(NodeFile file, Map<String, Object> values) {
        String content = file.secret()
                .map(secrets::read)
                .orElseGet(() -> renderer.render(file.path(), file.template().orElseThrow(), values));
        return new RenderedFile(file, content);
    }

    /** The node's own values override given values of the same name. */
    private static Map<String, Object> values(Node node, Map<String, String> given) {
        Map<String, Object> values = new TreeMap<>(given);
        values.put("node", node.name().value());
        values.put("role", node.role().word());
        values.put("cluster", node.ref().cluster().value());
        values.put("privateAddress", node.privateAddress().value());
        values.put("publicAddress", node.publicAddress().value());
        return values;
    }
}
