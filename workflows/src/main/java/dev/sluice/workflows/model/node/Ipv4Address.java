package dev.sluice.workflows.model.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An IPv4 address in dotted form. */
public record Ipv4Address(@JsonValue String value) implements Comparable<Ipv4Address> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Ipv4Address {
        if (!value.matches(
                "(\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])(\\.(\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])){3}")) {
            throw new IllegalArgumentException("'%s' is not an IPv4 address".formatted(value));
        }
    }

    @Override
    public int compareTo(Ipv4Address other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
