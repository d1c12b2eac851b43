package dev.sluice.starter.session;

import dev.sluice.starter.text.StepText;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes text without characters that control a terminal or hide: all output passes here, and whatever a node, a droplet's
 * name or a history contains, the operator's terminal stays his own.
 */
final class CleanWriter extends FilterWriter {
    private char half;

    CleanWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int one) throws IOException {
        write(new char[] {(char) one}, 0, 1);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        write(text.toCharArray(), offset, length);
    }

    /** Half of a character of two parts waits for the other one. */
    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        StringBuilder clean = new StringBuilder(length + 1);
        for (int index = offset; index < offset + length; index++) {
            char one = text[index];
            if (half != 0 && Character.isLowSurrogate(one)) {
                append(clean, Character.toCodePoint(half, one));
                half = 0;
                continue;
            }
            if (half != 0) {
                append(clean, half);
                half = 0;
            }
            if (Character.isHighSurrogate(one)) {
                half = one;
            } else {
                append(clean, one);
            }
        }
        out.write(clean.toString());
    }

    private static void append(StringBuilder clean, int point) {
        if (point != '\n' && point != '\t' && StepText.isHidden(point)) {
            clean.append('␦');
        } else {
            clean.appendCodePoint(point);
        }
    }
}
