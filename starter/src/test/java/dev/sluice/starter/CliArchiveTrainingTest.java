package dev.sluice.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.run.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CliArchiveTrainingTest {
    @Test
    void everyTrainingCommandReachesItsFailingRun() throws IOException {
        assertThat(CliArchiveTraining.runCommands("../examples/hello/sluice.yaml"))
                .containsExactly(ExitCode.DONE, ExitCode.RESTORED, ExitCode.RESTORED, ExitCode.DONE);
    }
}
