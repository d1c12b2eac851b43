package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.CloudFailure.Kind;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What DigitalOcean's refusals and silences mean. It uses 422 for many things, told apart by their words only. */
final class Refusals {
    private static final Pattern LIMIT = Pattern.compile("exceed.*limit|limit.*(reached|exceeded)");
    private static final Pattern PENDING = Pattern.compile("pending event|blocking event|event.*in progress");

    private Refusals() {}

    /** The failure that an answer with this status is. */
    static CloudFailure of(String title, int status, String words, Answered answered, @Nullable Throwable cause) {
        Kind kind = kind(title, status, words);
        String id = answered.requestId() == null ? "" : ", request " + answered.requestId();
        // The sentence goes on behind its words.
        String theirs = words.strip().replaceFirst("\\.+$", "");
        String said = "DigitalOcean answered %s with %d: %s".formatted(title, shown(status, answered), theirs) + id;
        return new CloudFailure(kind, said + advice(kind, title), answered.toWait(), cause);
    }

    /** The failure that a missing or unreadable answer is: for a change, its outcome is not known. */
    static CloudFailure unreadable(String title, String reason, @Nullable Throwable cause) {
        boolean asks = title.startsWith("GET ");
        return new CloudFailure(
                asks ? Kind.SILENT : Kind.UNCLEAR,
                (asks ? "DigitalOcean did not answer %s: %s." : "Whether %s took effect is not known: %s.")
                        .formatted(title, reason),
                null,
                cause);
    }

    private static Kind kind(String title, int status, String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return switch (status) {
            case 401, 403 -> LIMIT.matcher(lower).find() ? Kind.QUOTA : Kind.DENIED;
            case 404 -> Kind.ABSENT;
            case 422 -> unprocessable(lower);
            case 429 -> Kind.BUSY;
            default ->
                status >= 400 && status < 500 ? Kind.REFUSED : title.startsWith("GET ") ? Kind.SILENT : Kind.UNCLEAR;
        };
    }

    private static Kind unprocessable(String words) {
        if (PENDING.matcher(words).find()) {
            return Kind.PENDING;
        }
        return LIMIT.matcher(words).find() ? Kind.QUOTA : Kind.REFUSED;
    }

    // What the client was shown may be another status than what came.
    private static int shown(int status, Answered answered) {
        return answered.status() == 0 ? status : answered.status();
    }

    private static String advice(Kind kind, String title) {
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
