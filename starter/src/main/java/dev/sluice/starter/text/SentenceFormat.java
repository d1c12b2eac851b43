package dev.sluice.starter.text;

/** Small repairs to sentences that come from elsewhere. */
public final class SentenceFormat {
    private SentenceFormat() {}

    /** With a full stop, if it has no end yet. */
    public static String withFullStop(String sentence) {
        String clean = StepText.clean(sentence);
        return clean.isEmpty() || clean.matches(".*[.!?]") ? clean : clean + ".";
    }

    /** Without the word that the line begins with anyway. */
    public static String withoutPrefix(String word, String sentence) {
        return sentence.startsWith(word) ? sentence.substring(word.length()) : sentence;
    }
}
