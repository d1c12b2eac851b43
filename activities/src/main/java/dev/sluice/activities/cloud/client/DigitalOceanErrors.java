package dev.sluice.activities.cloud.client;

import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.api.CloudApiException.FailureKind;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Classifies DigitalOcean's errors. It uses 422 for many of them, which differ only in their text. */
final class DigitalOceanErrors {
    private static final Pattern LIMIT = Pattern.compile("exceed.*limit|limit.*(reached|exceeded)");
    private static final Pattern PENDING = Pattern.compile("pending event|blocking event|event.*in progress");

    private DigitalOceanErrors() {}

    /** Converts an answer with this status. */
    static CloudApiException toException(
            String title, int status, String words, ResponseHeaders answered, @Nullable Throwable cause) {
        FailureKind kind = kind(title, status, words);
        String id = answered.requestId() == null ? "" : ", request " + answered.requestId();
        // DigitalOcean's own full stop is dropped, since the message continues.
        String theirs = words.strip().replaceFirst("\\.+$", "");
        String said = "DigitalOcean answered %s with %d: %s".formatted(title, shown(status, answered), theirs) + id;
        return new CloudApiException(kind, said + advice(kind, title), answered.toWait(), cause);
    }

    /** Converts a missing or unreadable answer; the outcome of a change is then unknown. */
    static CloudApiException unreadable(String title, String reason, @Nullable Throwable cause) {
        boolean asks = title.startsWith("GET ");
        return new CloudApiException(
                asks ? FailureKind.SILENT : FailureKind.UNCLEAR,
                (asks ? "DigitalOcean did not answer %s: %s" : "The outcome of %s is unknown: %s")
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

    // The normalizer may have replaced the status for the client.
    private static int shown(int status, ResponseHeaders answered) {
        return answered.status() == 0 ? status : answered.status();
    }

    private static String advice(FailureKind kind, String title) {
        return switch (kind) {
            case DENIED -> "; give the workers a valid token with the scope " + scope(title);
            case UNCLEAR -> "; its outcome is unknown";
            case ABSENT, REFUSED, QUOTA, PENDING, BUSY, SILENT -> "";
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
