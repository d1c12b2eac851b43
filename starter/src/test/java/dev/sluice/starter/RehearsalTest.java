package dev.sluice.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.text.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void everyCommandGetsAsFarAsTheRunsThatFail() throws IOException {
        assertThat(Rehearsal.rehearse("../examples/hello/sluice.yaml"))
                .containsExactly(ExitCode.DONE, ExitCode.RESTORED, ExitCode.RESTORED, ExitCode.DONE);
    }
}
