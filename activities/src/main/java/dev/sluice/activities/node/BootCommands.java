package dev.sluice.activities.node;

import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.activities.template.RenderedFile;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import java.util.List;

/** The commands and the payload of first boot, as values. */
final class BootCommands {
    static final String PROGRAM = NodeScripts.read("first-boot.sh");
    private static final String SEAL = NodeScripts.read("seal.sh");
    private static final String SETTLE = NodeScripts.read("settle.sh");
    /** What settle.sh exits with while cloud-init runs. */
    static final int STILL_BOOTING = 75;

    private BootCommands() {}

    /** The payload of the job: name, files and services of the node, and an end mark. */
    static String payload(Node node, List<RenderedFile> files, List<String> services) {
        StringBuilder lines = new StringBuilder();
        services.forEach(
                service -> lines.append("service ").append(word(service)).append('\n'));
        lines.append("name ").append(node.name()).append('\n');
        lines.append("private ").append(node.privateAddress()).append('\n');
        files.forEach(file -> lines.append(file.lines()));
        return lines.append("end\n").toString();
    }

    /** The name of the job: equal orders share a job, and a changed order, such as with another member, has a new one. */
    static String job(String payload) {
        return "first-boot-" + Sha256Digest.of(PROGRAM + payload).value().substring(0, 12);
    }

    static RemoteCommand seal(NodeName node, String certificate) {
        return RemoteCommand.script(SEAL, node.value(), certificate);
    }

    static RemoteCommand settle(NodeName node) {
        return RemoteCommand.script(SETTLE, node.value());
    }

    private static String word(String service) {
        if (!service.matches("[A-Za-z0-9@._-]+")) {
            throw new IllegalArgumentException("'%s' is not the name of a service".formatted(service));
        }
        return service;
    }
}
