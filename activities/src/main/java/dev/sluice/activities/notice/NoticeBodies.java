package dev.sluice.activities.notice;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.workflows.activity.NoticeActivities.Notice;
import java.util.stream.Collectors;

/** Formats a notice for its webhook. */
final class NoticeBodies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NoticeBodies() {}

    static String format(Notice notice) {
        ObjectNode body = switch (notice.to().form()) {
            case JSON -> generic(notice);
            case SLACK -> slack(notice);
        };
        return body.toString();
    }

    /** The ID is the same for each attempt, so that the receiver can drop duplicates. */
    private static ObjectNode generic(Notice notice) {
        ObjectNode body = JSON.createObjectNode()
                .put("id", notice.id())
                .put("cluster", notice.cluster().value())
                .put("event", notice.event())
                .put("title", notice.title())
                .put("at", notice.at().toString());
        notice.lines().forEach(body.putArray("lines")::add);
        return body;
    }

    private static ObjectNode slack(Notice notice) {
        String lines =
                notice.lines().stream().map(line -> "\n• " + escape(line)).collect(Collectors.joining());
        return JSON.createObjectNode().put("text", "*%s*%s".formatted(escape(notice.title()), lines));
    }

    /** Escapes the three characters with a meaning in Slack. */
    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
