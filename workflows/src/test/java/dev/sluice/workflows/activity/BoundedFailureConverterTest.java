package dev.sluice.workflows.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.model.report.FailureType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class BoundedFailureConverterTest {
    /** Server 1.32, limit.mutableStateActivityFailureSize.error. */
    private static final int SERVER_LIMIT = 4_096;

    private static final DataConverter CONVERTER = BoundedFailureConverter.dataConverter();

    static Stream<String> sentences() {
        return Stream.of("it broke", "it broke " + "a".repeat(100_000), "it broke " + "日本".repeat(50_000));
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void keepsTheBeginningOfTheSentenceWhateverCausedTheFailure(String sentence) {
        for (FailureType type : FailureType.values()) {
            Failure kept = CONVERTER.exceptionToFailure(TypedFailures.of(type, sentence, deep(40, sentence)));

            assertThat(kept.getSerializedSize()).isLessThan(SERVER_LIMIT);
            assertThat(kept.getMessage()).startsWith("it broke");
            assertThat(TypedFailures.findTyped(CONVERTER.failureToException(kept)))
                    .map(ApplicationFailure::getType)
                    .contains(type.name());
        }
    }

    @Test
    void keepsTheInnermostCauseOfAnUntypedFailure() {
        Failure kept = CONVERTER.exceptionToFailure(new IllegalStateException(deep(40, "No space left on device")));

        assertThat(kept.getSerializedSize()).isLessThan(SERVER_LIMIT);
        assertThat(TypedFailures.sentenceOf(CONVERTER.failureToException(kept))).isEqualTo("No space left on device");
    }

    @ParameterizedTest
    @EnumSource(FailureType.class)
    void keepsWhatASmallFailureSays(FailureType type) {
        ApplicationFailure small = TypedFailures.withDetails("more", TypedFailures.of(type, "it broke"));

        ApplicationFailure back =
                (ApplicationFailure) CONVERTER.failureToException(CONVERTER.exceptionToFailure(small));

        assertThat(back.getOriginalMessage()).isEqualTo("it broke");
        assertThat(back.getDetails().get(String.class)).isEqualTo("more");
    }

    @Test
    void keepsTheDetailsOfAFailureThatIsNotTriedAgain() {
        String details = "d".repeat(50_000);
        ApplicationFailure last =
                TypedFailures.withDetails(details, TypedFailures.of(FailureType.GATE_CLOSED, "it broke"));

        ApplicationFailure back = (ApplicationFailure) CONVERTER.failureToException(CONVERTER.exceptionToFailure(last));

        assertThat(back.getDetails().get(String.class)).isEqualTo(details);
    }

    private static Throwable deep(int causes, String sentence) {
        return causes == 0
                ? new IllegalArgumentException(sentence)
                : new IllegalStateException("wrapped " + causes, deep(causes - 1, sentence));
    }
}
