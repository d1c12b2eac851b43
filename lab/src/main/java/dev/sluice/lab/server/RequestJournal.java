package dev.sluice.lab.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiJson;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The latest requests, oldest first, so that a benchmark can count them. */
final class RequestJournal {
    /** One request; status 0 if its connection ended without a response. */
    record JournalLine(String method, String path, int status, Instant at) {
        ObjectNode json() {
            return ApiJson.object()
                    .put("method", method)
                    .put("path", path)
                    .put("status", status)
                    .put("at", at.toString());
        }
    }

    private static final int LENGTH = 2000;

    private final Deque<JournalLine> lines = new ArrayDeque<>();
    private long total;

    synchronized void add(JournalLine line) {
        total++;
        if (lines.size() == LENGTH) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    /** The lines, and the total number of requests. */
    synchronized ObjectNode json() {
        ArrayNode requests = ApiJson.array();
        lines.forEach(line -> requests.add(line.json()));
        return ApiJson.object().put("total", total).<ObjectNode>set("requests", requests);
    }
}
