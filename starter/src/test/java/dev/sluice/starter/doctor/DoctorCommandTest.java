package dev.sluice.starter.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliRunner;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.temporal.TemporalClient;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chain's order, and what is said of links behind a broken one; what is said of each is in DoctorFindingsTest. */
class DoctorCommandTest {
    @Test
    void withoutTemporalEveryLinkBehindItSaysThatItWasNotAsked() {
        CliOutcome answer = new CliRunner(environment -> {
                    throw new CliException(ExitCode.UNREACHABLE, "Temporal does not answer at 127.0.0.1:1.");
                })
                .run("doctor");

        assertThat(answer.code()).isEqualTo(8);
        assertThat(links(answer.out()))
                .containsExactly(
                        "cluster file",
                        "Temporal",
                        "workers",
                        "DigitalOcean",
                        "DNS",
                        "SSH",
                        "proxies",
                        "clocks",
                        "Java");
        assertThat(answer.out())
                .contains(
                        "no  Temporal           Temporal does not answer at 127.0.0.1:1.",
                        "??  DNS                not checked: Temporal does not answer",
                        "ok  Java               " + System.getProperty("java.version"),
                        "1 line would stop a deployment (no).  6 links could not be checked (??).  Fix the first, then check again: sluice doctor");
    }

    @Test
    void withoutAWorkerTheLinksThatAWorkerLooksAtSayThatTheyWereNotAsked() {
        try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(
                TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build())) {
            CliOutcome answer = console(environment).run("doctor");

            assertThat(answer.code()).isEqualTo(8);
            assertThat(answer.out())
                    .contains("ok  Temporal           answers at in process, namespace ")
                    .contains("no  DigitalOcean       No worker answers on task queue")
                    .contains("??  proxies            not checked: no worker");
        }
    }

    @Test
    void aBrokenClusterFileIsALineForEachErrorAndTheChainGoesOn(@TempDir Path empty) {
        CliOutcome answer = new CliRunner(environment -> {
                    throw new CliException(ExitCode.UNREACHABLE, "Temporal does not answer.");
                })
                .in(empty)
                .run("doctor", "--output", "json");

        assertThat(answer.code()).isEqualTo(8);
        assertThat(answer.out())
                .startsWith("[")
                .contains("\"what\" : \"cluster file\"", "\"state\" : \"STOPS\"", "\"what\" : \"Java\"");
    }

    private static CliRunner console(TestWorkflowEnvironment environment) {
        return new CliRunner(settings -> new TemporalClient(
                environment.getWorkflowServiceStubs(), environment.getWorkflowClient(), "in process"));
    }

    private static List<String> links(String out) {
        return out.lines()
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.substring(4, Math.min(22, line.length())).strip())
                .toList();
    }
}
