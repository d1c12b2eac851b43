package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests, oldest first, so that a benchmark can count them. */
final class Journal {
    /** One request; status 0 if its connection ended without an answer. */
    record Line(String method, String path, int status, Instant at) {
        ObjectNode json() {
            return Json.object()
                    .put("method", method)
                    .put("path", path)
                    .put("status", status)
                    .put("at", at.toString());
        }
    }

    private static final int LENGTH = 2000;

    private final Deque<Line> lines = new ArrayDeque<>();

    synchronized void add(Line line) {
        if (lines.size() == LENGTH) lines.removeFirst();
        lines.addLast(line);
    }

    synchronized List<Line> lines() {
        return List.copyOf(lines);
    }
}
