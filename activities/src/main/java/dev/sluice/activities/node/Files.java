package dev.sluice.activities.node;

import dev.sluice.activities.secret.Secrets;
import dev.sluice.activities.template.Renderer;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A node's files, rendered from their templates or taken from the worker's secrets. */
final class Files {
    private final Renderer renderer;
    private final Secrets secrets;

    Files(Renderer renderer, Secrets secrets) {
        this.renderer = renderer;
        this.secrets = secrets;
    }

    List<RenderedFile> of(FirstBootOrder order) {
        Map<String, Object> values = values(order.node(), order.values());
        values.put("members", new TreeMap<>(order.members()));
        return order.files().stream().map(file -> rendered(file, values)).toList();
    }

    List<RenderedFile> of(Node node, List<NodeFile> files, Map<String, String> given) {
        Map<String, Object> values = values(node, given);
        values.put("members", Map.of());
        return files.stream().map(file -> rendered(file, values)).toList();
    }

    private RenderedFile rendered(NodeFile file, Map<String, Object> values) {
        String content = file.secret()
                .map(secrets::text)
                .orElseGet(() -> renderer.render(file.path(), file.template().orElseThrow(), values));
        return new RenderedFile(file, content);
    }

    /** The node's own values win over given ones of the same name. */
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
