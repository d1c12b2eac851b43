package dev.sluice.workflows.activity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.FailureConverter;
import io.temporal.failure.DefaultFailureConverter;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps each failure that leaves a worker below the size at which Temporal's server replaces it. Of a step that is tried
 * again, server 1.32 keeps at most 4 KiB; of a larger failure it keeps the words "Failure exceeds size limit." only. So the
 * sentence stays, and stack traces and causes are cut.
 */
public final class BoundedFailureConverter implements FailureConverter {
    /** The server's limit, less what it adds itself. */
    private static final int MOST_BYTES = 3_800;

    private static final int SENTENCE_BYTES = 1_600;
    private static final int CAUSE_BYTES = 400;
    private static final int TRACE_BYTES = 500;
    /** The nearest cause and the innermost one, which names what went wrong. */
    private static final int CAUSES = 2;

    private final FailureConverter whole = new DefaultFailureConverter();

    /** Returns Temporal's own converter for values, with this one for failures. */
    public static DataConverter dataConverter() {
        return DefaultDataConverter.newDefaultInstance().withFailureConverter(new BoundedFailureConverter());
    }

    @Override
    public RuntimeException failureToException(Failure failure, DataConverter converter) {
        return whole.failureToException(failure, converter);
    }

    @Override
    public Failure exceptionToFailure(Throwable thrown, DataConverter converter) {
        Failure failure = whole.exceptionToFailure(thrown, converter);
        return failure.getSerializedSize() <= MOST_BYTES ? failure : bounded(failure);
    }

    private static Failure bounded(Failure failure) {
        List<Failure> chain = new ArrayList<>();
        for (Failure at = failure; chain.size() <= CAUSES; at = at.getCause()) {
            chain.add(at);
            if (!at.hasCause()) {
                break;
            }
        }
        for (Failure at = chain.get(chain.size() - 1); at.hasCause(); at = at.getCause()) {
            chain.set(chain.size() - 1, at.getCause());
        }
        Failure.Builder bounded = null;
        for (int place = chain.size() - 1; place >= 0; place--) {
            Failure.Builder next = withoutMuch(chain.get(place), place == 0 ? SENTENCE_BYTES : CAUSE_BYTES);
            if (bounded != null) {
                next.setCause(bounded);
            }
            bounded = next;
        }
        return bounded == null
                ? failure
                : bounded.setStackTrace(cut(failure.getStackTrace(), TRACE_BYTES))
                        .build();
    }

    /** Details are for the run that called the step; a step that is tried again has not ended yet. */
    private static Failure.Builder withoutMuch(Failure failure, int most) {
        Failure.Builder small = failure.toBuilder()
                .setMessage(cut(failure.getMessage(), most))
                .clearStackTrace()
                .clearCause();
        if (small.hasApplicationFailureInfo()
                && !small.getApplicationFailureInfo().getNonRetryable()
                && small.getApplicationFailureInfo().getDetails().getSerializedSize() > CAUSE_BYTES) {
            small.getApplicationFailureInfoBuilder().clearDetails();
        }
        return small;
    }

    private static String cut(String text, int most) {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length <= most) {
            return text;
        }
        String kept = new String(bytes, 0, most, UTF_8).replace("\uFFFD", "");
        return "%s… (%d more characters)".formatted(kept, text.length() - kept.length());
    }
}
