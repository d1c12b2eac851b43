package dev.sluice.activities.node.gate;

import dev.sluice.activities.ssh.ScriptResources;
import dev.sluice.activities.template.RenderedFile;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.activity.NodeActivities.HealthRequest;
import dev.sluice.workflows.activity.NodeActivities.InspectOrder;
import dev.sluice.workflows.model.check.CheckSpec;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.NodeFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A recorded look at a good node, and the same with one thing changed. */
final class InspectionFixtures {
    static final Instant NOW = Instant.ofEpochMilli(1795372352520L);
    static final String RECORDED = ScriptResources.read(InspectionFixtures.class, "look.jsonl");

    private InspectionFixtures() {}

    static InspectionInput good() {
        return of(RECORDED, Map.of());
    }

    /** The recorded answer with one text replaced by another; fails if it is not there. */
    static InspectionInput with(String from, String to) {
        return of(changed(from, to), Map.of());
    }

    /** A good node beside one sibling whose answer is the recorded one with one text replaced. */
    static InspectionInput beside(String from, String to) {
        return of(RECORDED, Map.of(new NodeName("hello-app-2"), changed(from, to)));
    }

    static InspectionInput of(String answer, Map<NodeName, String> siblings) {
        Map<NodeName, InspectionOutput> looks = new TreeMap<>();
        siblings.forEach((name, text) -> looks.put(name, look(unique(text))));
        RenderedFile file = new RenderedFile(
                new NodeFile("/srv/x", "root:root", "0644", Optional.of("hi"), Optional.empty()), "hi");
        return new InspectionInput(order(), List.of(file), look(answer), looks);
    }

    /** A sibling differs in what must differ, unless the change is about just that. */
    private static String unique(String text) {
        return text.replace("AAAAown", "AAAAother").replace("e708ba7abef8414189c24c23a7300593", "0".repeat(32));
    }

    static String changed(String from, String to) {
        if (!RECORDED.contains(from)) {
            throw new IllegalArgumentException("The recorded look has no " + from);
        }
        return RECORDED.replace(from, to);
    }

    private static InspectionOutput look(String text) {
        return InspectionOutput.read(new NodeName("hello-app-1"), text, NOW.minusSeconds(1), NOW.plusSeconds(1));
    }

    private static InspectOrder order() {
        Node node = NodeFixtures.node("hello-app-1", 1);
        return new InspectOrder(
                node,
                new Template(
                        5,
                        "hello-app 1",
                        new ClusterName("hello"),
                        Role.APP,
                        new Sha256Digest("a".repeat(64)),
                        Optional.empty(),
                        NOW,
                        1,
                        List.of()),
                checks(),
                new FirstBootOrder(node, List.of(), List.of(), Map.of(), Map.of()),
                List.of(),
                Optional.empty(),
                Optional.of(new HealthRequest(8080, "/health")));
    }

    static CheckSpec checks() {
        return new CheckSpec(
                List.of("apache2"),
                List.of(8080),
                List.of(8080),
                List.of(new CheckSpec.HttpCheck(8080, false, "www.hello.example", "/health", 200, "UP", 2000)),
                List.of("apache2"),
                List.of("/etc/sluice/tls/site.pem"),
                CheckSpec.CheckLimits.DEFAULT,
                new CheckSpec.HardwareRequirements(List.of(), false, List.of("aes"), 1, 400, 5.0, 400, 25),
                2);
    }
}
