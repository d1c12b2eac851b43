package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A fault of the lab, in force until closed. Closing it fails if it never struck: such a test would show nothing. */
final class Fault implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;
    private final String name;
    private final long id;

    private Fault(World world, String name, ObjectNode body) {
        this.world = world;
        this.name = name;
        this.id = world.lab("POST", "faults", body.toString())
                .path("fault")
                .path("id")
                .asLong();
    }

    /** Strikes the droplets whose name has that part in it. */
    static Fault of(World world, String name, String part) {
        return new Fault(world, name, JSON.createObjectNode().put("name", name).put("droplet", part));
    }

    /** Strikes the next droplet that is made with that part in its name. */
    static Fault next(World world, String name, String part) {
        return new Fault(
                world,
                name,
                JSON.createObjectNode().put("name", name).put("droplet", part).put("next", true));
    }

    /** Strikes the next requests of that operation. */
    static Fault request(World world, String name, String operation, int times) {
        return new Fault(
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
        for (JsonNode planned : world.lab("faults").path("faults")) {
            if (planned.path("id").asLong() == id) {
                fired = planned.path("fired").asInt();
            }
        }
        world.lab("DELETE", "faults/" + id, "");
        assertThat(fired).as("how often %s struck", name).isPositive();
    }
}
