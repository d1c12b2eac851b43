package dev.sluice.starter.text;

/** Adapts texts of reports and failures to the sentence that quotes them. */
public final class SentenceFormat {
    private SentenceFormat() {}

    /** Returns the number with the noun, in the plural unless the number is 1. */
    public static String count(long number, String noun) {
        String ending = number == 1 ? "" : noun.endsWith("s") ? "es" : "s";
        return "%d %s%s".formatted(number, noun, ending);
    }

    /** Returns the sentence with a full stop, unless it ends with a punctuation mark. */
    public static String withFullStop(String sentence) {
        String clean = StepText.clean(sentence);
        return clean.isEmpty() || clean.matches(".*[.!?]") ? clean : clean + ".";
    }

    /** Returns the sentence without the prefix, which the line adds itself. */
    public static String withoutPrefix(String prefix, String sentence) {
        return sentence.startsWith(prefix) ? sentence.substring(prefix.length()) : sentence;
    }
}
