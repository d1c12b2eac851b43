package dev.sluice.acceptance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A fault of the lab, in force until closed. Closing fails if the fault never occurred: the test would prove nothing. */
public final class InjectedFault implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LabEnvironment world;
    private final String name;
    private final long id;

    private InjectedFault(LabEnvironment world, String name, ObjectNode body) {
        this.world = world;
        this.name = name;
        this.id = world.requestLab("POST", "faults", body.toString())
                .path("fault")
                .path("id")
                .asLong();
    }

    /** Affects the droplets whose name contains that text. */
    public static InjectedFault of(LabEnvironment world, String name, String part) {
        return new InjectedFault(
                world, name, JSON.createObjectNode().put("name", name).put("droplet", part));
    }

    /** Affects the next new droplet whose name contains that text. */
    public static InjectedFault next(LabEnvironment world, String name, String part) {
        return new InjectedFault(
                world,
                name,
                JSON.createObjectNode().put("name", name).put("droplet", part).put("next", true));
    }

    /** Affects the next requests of that operation. */
    public static InjectedFault request(LabEnvironment world, String name, String operation, int times) {
        return new InjectedFault(
                world,
                name,
                JSON.createObjectNode()
                        .put("name", name)
                        .put("operation", operation)
                        .put("times", times));
    }

    @Override
    public void close() {
        int fired = 0;
        for (JsonNode planned : world.getLab("faults").path("faults")) {
            if (planned.path("id").asLong() == id) {
                fired = planned.path("fired").asInt();
            }
        }
        world.requestLab("DELETE", "faults/" + id, "");
        assertThat(fired).as("how often %s struck", name).isPositive();
    }
}
