package dev.sluice.activities.template;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import java.io.Writer;

/** Collects the rendered text and stops a template that exceeds the limit. */
final class LimitedWriter extends Writer {
    private final StringBuilder text = new StringBuilder();
    private final String name;
    private final int limit;

    LimitedWriter(String name, int limit) {
        this.name = name;
        this.limit = limit;
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        if (text.length() + length > limit) {
            throw TypedFailures.of(
                    FailureType.PLAN_INVALID,
                    "The file template for %s renders to more than %d KiB".formatted(name, limit / 1024));
        }
        text.append(characters, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return text.toString();
    }
}
