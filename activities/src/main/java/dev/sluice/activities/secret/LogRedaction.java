package dev.sluice.activities.secret;

import java.util.regex.Pattern;

/** Redacts private keys, tokens and passwords in logs for reports. */
public final class LogRedaction {
    private static final String GONE = "[redacted]";
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\\z)", Pattern.DOTALL);
    private static final Pattern REST_OF_KEY =
            Pattern.compile("\\A(?:(?!-----BEGIN).)*?-----END [A-Z ]*PRIVATE KEY-----", Pattern.DOTALL);
    private static final Pattern NAMED = Pattern.compile(
            "(?i)((?:pass(?:word|wd|phrase)?|token|secret|api[_-]?key|authorization|cookie)[\\w-]*[\"']?\\s*[:=]\\s*)"
                    + "(?:(?:bearer|basic)\\s+)?(\"[^\"\\n]*\"|'[^'\\n]*'|\\S+)");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9+/=._-]{8,}");
    private static final Pattern DIGITALOCEAN = Pattern.compile("\\bdo[opr]_v1_[0-9a-f]+");
    private static final Pattern ADDRESS = Pattern.compile("://[^/@\\s:]+:[^/@\\s]+@");

    private LogRedaction() {}

    /** Returns the text without them; other text is unchanged. */
    public static String redact(String text) {
        String kept = KEY.matcher(text).replaceAll(GONE);
        kept = REST_OF_KEY.matcher(kept).replaceAll(GONE);
        kept = NAMED.matcher(kept).replaceAll("$1" + GONE);
        kept = BEARER.matcher(kept).replaceAll("$1 " + GONE);
        kept = DIGITALOCEAN.matcher(kept).replaceAll(GONE);
        return ADDRESS.matcher(kept).replaceAll("://" + GONE + "@");
    }
}
