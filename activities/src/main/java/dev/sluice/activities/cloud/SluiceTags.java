package dev.sluice.activities.cloud;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.codec.binary.Base32;

/** The tags that mark resources of Sluice. A tag holds only {@code [A-Za-z0-9_:-]}, at most 255 letters. */
final class SluiceTags {
    static final String SLUICE = "sluice";
    static final String RUN = "run:";
    static final String CONFIG = "config:";
    static final String MANIFEST = "manifest:";
    static final String APPROVED_BY = "approved-by:";
    static final String APPROVED_AT = "approved-at:";
    static final String APPROVED_REASON = "approved-reason:";

    private static final int LONGEST_TEXT = 130;

    /** Matches only tags that no other program would write, since the account has other tags as well. */
    private static final Pattern OF_ONE_THING = Pattern.compile("run:[A-Za-z0-9-]+|config:[0-9a-f]{16}"
            + "|manifest:[0-9a-f]{64}|approved-at:[0-9]{1,11}|approved-(by|reason):[a-z2-7]*");

    private SluiceTags() {}

    /** Whether the tag has the form of one run, cluster file, manifest or approval. */
    static boolean isOfOneThing(String tag) {
        return OF_ONE_THING.matcher(tag).matches();
    }

    /** Whether a firewall with this tag concerns Sluice's nodes. */
    static boolean isOurs(String tag) {
        return tag.equals(SLUICE) || clusterOf(List.of(tag)).isPresent() || (tag.startsWith(RUN) && isOfOneThing(tag));
    }

    static String cluster(ClusterName cluster) {
        return "cluster:" + cluster;
    }

    static String role(Role role) {
        return "role:" + role;
    }

    static String run(NodeRef node) {
        return RUN + node.run();
    }

    /** The tags of a new droplet of this node; the template is the ID of an image. */
    static List<String> atCreation(NodeRef node, Optional<Long> template) {
        List<String> tags = new ArrayList<>(
                List.of(SLUICE, cluster(node.cluster()), role(node.role()), NodeState.DEPLOYING.tag(), run(node)));
        template.ifPresent(image -> tags.add("template:" + image));
        return tags;
    }

    /** Returns the rest of the first tag with that prefix. */
    static Optional<String> value(Collection<String> tags, String prefix) {
        return tags.stream()
                .filter(tag -> tag.startsWith(prefix))
                .map(tag -> tag.substring(prefix.length()))
                .findFirst();
    }

    static Optional<ClusterName> clusterOf(Collection<String> tags) {
        return value(tags, "cluster:")
                .filter(name -> name.matches("[a-z][a-z0-9]{0,19}"))
                .map(ClusterName::new);
    }

    static Optional<Role> roleOf(Collection<String> tags) {
        return value(tags, "role:")
                .flatMap(word -> List.of(Role.values()).stream()
                        .filter(role -> role.word().equals(word))
                        .findFirst());
    }

    static Optional<Long> templateOf(Collection<String> tags) {
        return value(tags, "template:").filter(id -> id.matches("[0-9]{1,18}")).map(Long::valueOf);
    }

    /** Returns the latest state of a node's life: between two states a droplet has both tags. */
    static Optional<NodeState> stateOf(Collection<String> tags) {
        return tags.stream().flatMap(tag -> NodeState.ofTag(tag).stream()).max(Enum::compareTo);
    }

    /** Encodes free text in Base32, since tags ignore case and hold few characters. Cuts long text. */
    static String encode(String text) {
        String cut = text;
        while (cut.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return new Base32()
                .encodeAsString(cut.getBytes(StandardCharsets.UTF_8))
                .replace("=", "")
                .toLowerCase(Locale.ROOT);
    }

    static String decode(String letters) {
        return new String(new Base32().decode(letters.toUpperCase(Locale.ROOT)), StandardCharsets.UTF_8);
    }
}
