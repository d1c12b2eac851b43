package dev.sluice.workflows.model.report;

import java.util.List;

/** Data saved from a node before it is destroyed: redacted, at most 48 KiB together. */
public record NodeEvidence(List<EvidencePiece> pieces) {
    public static final NodeEvidence NONE = new NodeEvidence(List.of());

    public NodeEvidence {
        pieces = List.copyOf(pieces);
    }

    /** The last lines of one log, or one command's output. */
    public record EvidencePiece(String name, String text) {}
}
