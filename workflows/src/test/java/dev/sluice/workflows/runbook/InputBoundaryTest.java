package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.fake.GarbageInputs;
import dev.sluice.workflows.fake.TestTemporal;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import java.lang.annotation.Annotation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InputBoundaryTest {
    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    @ParameterizedTest
    @ValueSource(classes = {SignalMethod.class, UpdateMethod.class, UpdateValidatorMethod.class})
    void everyHandlerTakesARawPayload(Class<? extends Annotation> kind) {
        assertThat(GarbageInputs.handlers(kind))
                .isNotEmpty()
                .allSatisfy(method -> assertThat(method.getParameterTypes())
                        .as("%s", method)
                        .isEqualTo(new Class<?>[] {RawValue.class}));
    }

    @Test
    void everyQueryTakesNothing() {
        assertThat(GarbageInputs.handlers(QueryMethod.class))
                .isNotEmpty()
                .allSatisfy(method -> assertThat(List.of(method.getParameterTypes()))
                        .as("%s", method)
                        .isEmpty());
    }

    @Test
    void everyHandlerRefusesWhatItDoesNotExpect() {
        new InputBoundary(temporal).isHeld();
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
    void everyHandlerRefusesItOnARealServer() {
        try (TestTemporal real = TestTemporal.onARealServer()) {
            new InputBoundary(real).isHeld();
        }
    }
}
