package dev.sluice.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.run.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, since a busy machine looks like a server that does not answer. */
@Isolated
class CliArchiveTrainingTest {
    @Test
    void everyTrainingCommandReachesItsFailingRun() throws IOException {
        assertThat(CliArchiveTraining.runCommands("../examples/hello/sluice.yaml"))
                .containsExactly(ExitCode.DONE, ExitCode.RESTORED, ExitCode.RESTORED, ExitCode.DONE);
    }
}
