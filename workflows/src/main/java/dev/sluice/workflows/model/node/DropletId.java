package dev.sluice.workflows.model.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** DigitalOcean's ID of a node's droplet. */
public record DropletId(@JsonValue long value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DropletId {
        if (value <= 0) {
            throw new IllegalArgumentException("%d is not the id of a droplet".formatted(value));
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
