package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

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
    private long total;

    synchronized void add(Line line) {
        total++;
        if (lines.size() == LENGTH) lines.removeFirst();
        lines.addLast(line);
    }

    /** The lines, and how many requests there were in all. */
    synchronized ObjectNode json() {
        var requests = Json.array();
        lines.forEach(line -> requests.add(line.json()));
        return Json.object().put("total", total).<ObjectNode>set("requests", requests);
    }
}
