package dev.sluice.activities.secret;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Redacts private keys, tokens and passwords in logs for reports. Its time grows with the length of the text and not with its
 * square, whatever a node writes: each pattern is possessive, and each character is looked at a fixed number of times.
 */
public final class LogRedaction {
    private static final String GONE = "[redacted]";
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN [A-Z ]{0,40}?PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,40}?PRIVATE KEY-----|\\z)",
            Pattern.DOTALL);
    private static final Pattern END_OF_KEY = Pattern.compile("-----END [A-Z ]{0,40}?PRIVATE KEY-----");
    private static final String BEGIN = "-----BEGIN";
    private static final Pattern WORD = Pattern.compile("(?<![\\w-])[\\w-]++");
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i)pass(?:word|wd|phrase)?|token|secret|api[_-]?key|authorization|cookie");
    private static final Pattern VALUE = Pattern.compile(
            "(?i)[\"']?+\\s*+[:=]\\s*+((?:(?:bearer|basic)\\s++)?+(?:\"[^\"\\n]*+\"|'[^'\\n]*+'|\\S++))");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s++[A-Za-z0-9+/=._-]{8,}+");
    private static final Pattern DIGITALOCEAN = Pattern.compile("\\bdo[opr]_v1_[0-9a-f]++");
    private static final Pattern ADDRESS = Pattern.compile("://[^/@\\s:]++:[^/@\\s]++@");

    private LogRedaction() {}

    /** Returns the text without them; other text is unchanged. */
    public static String redact(String text) {
        String kept = KEY.matcher(text).replaceAll(GONE);
        kept = withoutRestOfKey(kept);
        kept = withoutNamedValues(kept);
        kept = BEARER.matcher(kept).replaceAll("$1 " + GONE);
        kept = DIGITALOCEAN.matcher(kept).replaceAll(GONE);
        return ADDRESS.matcher(kept).replaceAll("://" + GONE + "@");
    }

    /** A log that was cut begins in the middle of a key. */
    private static String withoutRestOfKey(String text) {
        Matcher end = END_OF_KEY.matcher(text);
        if (!end.find()) {
            return text;
        }
        int begin = text.indexOf(BEGIN);
        return begin >= 0 && begin < end.start() ? text : GONE + text.substring(end.end());
    }

    /** A word that contains a secret's name, then {@code :} or {@code =}, then the value. */
    private static String withoutNamedValues(String text) {
        StringBuilder kept = new StringBuilder();
        int copied = 0;
        Matcher word = WORD.matcher(text);
        Matcher name = SECRET_NAME.matcher(text);
        Matcher value = VALUE.matcher(text);
        int from = 0;
        while (word.find(from)) {
            from = word.end();
            if (name.region(word.start(), word.end()).find()
                    && value.region(word.end(), text.length()).lookingAt()) {
                kept.append(text, copied, value.start(1)).append(GONE);
                copied = value.end(1);
                from = copied;
            }
            if (from >= text.length()) {
                break;
            }
        }
        return kept.append(text, copied, text.length()).toString();
    }
}
