package dev.sluice.starter.session;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Generates names of new nodes and parses names of existing ones. */
public final class NodeNaming {
    /** Omits letters and digits that are easily confused: 0 and o, 1, i and l. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private final RandomGenerator random;

    public NodeNaming(RandomGenerator random) {
        this.random = random;
    }

    /** Returns different names such as {@code hello-app-k3f9}. */
    public List<NodeName> generate(ClusterName cluster, String middle, int count) {
        return Stream.generate(() -> new NodeName("%s-%s-%s".formatted(cluster, middle, suffix())))
                .distinct()
                .limit(count)
                .toList();
    }

    String suffix() {
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return suffix.toString();
    }

    /** Returns the node's name; throws exit code 2 if the text is not a valid name. */
    public static NodeName parse(String text) {
        try {
            return new NodeName(text);
        } catch (IllegalArgumentException wrong) {
            throw new CliException(ExitCode.USAGE, "%s.".formatted(wrong.getMessage()), wrong);
        }
    }

    /** Returns the role in the node's name; throws exit code 2 if it is not a node of that cluster. */
    public static Role role(ClusterFile file, NodeName node) {
        return Arrays.stream(Role.values())
                .filter(role -> node.value().startsWith("%s-%s-".formatted(file.name(), role)))
                .findFirst()
                .orElseThrow(() -> new CliException(
                        ExitCode.USAGE,
                        "%s is not a node of cluster %s; expected a name such as %s-app-k3f9 or %s-proxy-k3f9."
                                .formatted(node, file.name(), file.name(), file.name())));
    }

    /** Returns the role in all the names; throws exit code 2 for several roles, because a change concerns one role. */
    public static Role role(ClusterFile file, List<NodeName> nodes) {
        List<Role> roles =
                nodes.stream().map(node -> role(file, node)).distinct().toList();
        if (roles.size() > 1) {
            throw new CliException(
                    ExitCode.USAGE,
                    "These nodes have the roles %s.  One command changes one role: use %d commands."
                            .formatted(
                                    roles.stream().map(Role::toString).collect(Collectors.joining(" and ")),
                                    roles.size()));
        }
        return roles.get(0);
    }
}
