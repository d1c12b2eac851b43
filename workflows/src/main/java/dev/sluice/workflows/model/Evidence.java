package dev.sluice.workflows.model;

import java.util.List;

/** What is kept of a node that is about to be destroyed: redacted, at most 48 KiB together. */
public record Evidence(List<Piece> pieces) {
    public static final Evidence NONE = new Evidence(List.of());

    public Evidence {
        pieces = List.copyOf(pieces);
    }

    /** The last lines of one log, or one command's answer. */
    public record Piece(String name, String text) {}
}
