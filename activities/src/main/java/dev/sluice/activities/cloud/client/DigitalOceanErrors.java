package dev.sluice.activities.cloud.client;

import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.api.CloudApiException.FailureKind;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What DigitalOcean's refusals and silences mean. It uses 422 for many things, told apart by their words only. */
final class DigitalOceanErrors {
    private static final Pattern LIMIT = Pattern.compile("exceed.*limit|limit.*(reached|exceeded)");
    private static final Pattern PENDING = Pattern.compile("pending event|blocking event|event.*in progress");

    private DigitalOceanErrors() {}

    /** The failure that an answer with this status is. */
    static CloudApiException toException(
            String title, int status, String words, ResponseHeaders answered, @Nullable Throwable cause) {
        FailureKind kind = kind(title, status, words);
        String id = answered.requestId() == null ? "" : ", request " + answered.requestId();
        // The sentence goes on behind its words.
        String theirs = words.strip().replaceFirst("\\.+$", "");
        String said = "DigitalOcean answered %s with %d: %s".formatted(title, shown(status, answered), theirs) + id;
        return new CloudApiException(kind, said + advice(kind, title), answered.toWait(), cause);
    }

    /** The failure that a missing or unreadable answer is: for a change, its outcome is not known. */
    static CloudApiException unreadable(String title, String reason, @Nullable Throwable cause) {
        boolean asks = title.startsWith("GET ");
        return new CloudApiException(
                asks ? FailureKind.SILENT : FailureKind.UNCLEAR,
                (asks ? "DigitalOcean did not answer %s: %s." : "Whether %s took effect is not known: %s.")
                        .formatted(title, reason),
                null,
                cause);
    }

    private static FailureKind kind(String title, int status, String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return switch (status) {
            case 401, 403 -> LIMIT.matcher(lower).find() ? FailureKind.QUOTA : FailureKind.DENIED;
            case 404 -> FailureKind.ABSENT;
            case 422 -> unprocessable(lower);
            case 429 -> FailureKind.BUSY;
            default ->
                status >= 400 && status < 500
                        ? FailureKind.REFUSED
                        : title.startsWith("GET ") ? FailureKind.SILENT : FailureKind.UNCLEAR;
        };
    }

    private static FailureKind unprocessable(String words) {
        if (PENDING.matcher(words).find()) {
            return FailureKind.PENDING;
        }
        return LIMIT.matcher(words).find() ? FailureKind.QUOTA : FailureKind.REFUSED;
    }

    // What the client was shown may be another status than what came.
    private static int shown(int status, ResponseHeaders answered) {
        return answered.status() == 0 ? status : answered.status();
    }

    private static String advice(FailureKind kind, String title) {
        return switch (kind) {
            case DENIED -> ". Give the workers a token that is valid and has the scope " + scope(title) + ".";
            case UNCLEAR -> ". Whether it took effect is not known.";
            case ABSENT, REFUSED, QUOTA, PENDING, BUSY, SILENT -> ".";
        };
    }

    private static String scope(String title) {
        String verb = switch (title.substring(0, title.indexOf(' '))) {
            case "GET" -> "read";
            case "POST" -> "create";
            case "DELETE" -> "delete";
            default -> "update";
        };
        String[] path = title.substring(title.indexOf(' ') + 1).split("/", -1);
        String noun = path.length > 2 ? path[2] : "account";
        if (noun.equals("account") && path.length > 3) {
            return "ssh_key:" + verb;
        }
        return switch (noun) {
            case "sizes", "regions", "actions" -> noun + ":" + verb;
            default -> (noun.endsWith("s") ? noun.substring(0, noun.length() - 1) : noun) + ":" + verb;
        };
    }
}
