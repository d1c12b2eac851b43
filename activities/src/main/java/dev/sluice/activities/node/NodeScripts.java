package dev.sluice.activities.node;

import dev.sluice.activities.ssh.ScriptResources;

/** The constant scripts of this package, each behind the words that they share. */
final class NodeScripts {
    private static final String COMMON = ScriptResources.read(NodeScripts.class, "common.sh");

    private NodeScripts() {}

    static String read(String name) {
        return COMMON + ScriptResources.read(NodeScripts.class, name);
    }
}
