package dev.sluice.activities.ssh;

import java.util.regex.Pattern;

/** What another machine wrote: without characters that control a terminal or hide, and no longer than it may be. */
public final class RemoteText {
    /** The most characters of one line that people read. */
    public static final int LINE = 1_000;

    /** Of the categories C and the line separators, all but line feed and tab. */
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\n\\t]]");

    private RemoteText() {}

    /** Replaces each control character and each invisible one by {@code ␦}; a carriage return before a line feed goes. */
    public static String clean(String text) {
        return HIDDEN.matcher(text.replace("\r\n", "\n")).replaceAll("␦");
    }

    /** The same in one line of at most {@link #LINE} characters; says how many are left out. */
    public static String line(String text) {
        String clean = clean(text).replace('\n', ' ').replace('\t', ' ');
        return clean.length() <= LINE
                ? clean
                : "%s… (%d more characters)".formatted(clean.substring(0, LINE), clean.length() - LINE);
    }
}
