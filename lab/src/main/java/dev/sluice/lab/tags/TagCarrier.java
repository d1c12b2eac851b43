package dev.sluice.lab.tags;

import java.util.Set;

/** A resource that carries tags. */
public interface TagCarrier {
    long id();

    /** The resource's tags, which the caller may change. */
    Set<String> tags();
}
