package dev.sluice.starter.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliRunner;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.clusterfile.ClusterFiles;
import dev.sluice.starter.clusterfile.InvalidClusterFileException;
import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.temporal.TemporalClient;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.model.cluster.ClusterFile;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    @TempDir
    Path directory = Path.of("");

    private CliRunner alone() {
        return new CliRunner(environment -> {
                    throw new CliException(ExitCode.UNREACHABLE, "Temporal does not answer at 127.0.0.1:1.");
                })
                .in(directory);
    }

    private ClusterFile written() throws InvalidClusterFileException {
        return ClusterFiles.read(directory.resolve("sluice.yaml"));
    }

    private static CliOutcome typing(CliRunner console, List<String> lines, String... words) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
        try {
            return console.onTerminal().run(words);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void optionsAreEnoughWithoutTemporalAndSluiceSaysWhatItCouldNotLookUp() throws InvalidClusterFileException {
        CliOutcome answer = alone().run(
                        "init",
                        "--cluster",
                        "shop",
                        "--domain",
                        "shop.example",
                        "--region",
                        "ams3",
                        "--ssh-key",
                        "it's mine");

        assertThat(answer.code()).as(answer.all()).isZero();
        assertThat(answer.err())
                .contains("Not checked: regions, sizes, domains, keys and private networks are used as given.")
                .contains("Temporal does not answer at 127.0.0.1:1.");
        assertThat(answer.out()).contains("for www.shop.example, and 8 files beside it", "sluice doctor");
        ClusterFile file = written();
        assertThat(file.name().value()).isEqualTo("shop");
        assertThat(file.region()).isEqualTo("ams3");
        assertThat(file.sshKeys()).containsExactly("it's mine");
        assertThat(file.roles()).hasSize(2);
    }

    @Test
    void whatTheCommentsOfferIsValidToo() throws IOException, InvalidClusterFileException {
        alone().run("init", "--cluster", "shop", "--domain", "shop.example", "--region", "ams3");
        Path file = directory.resolve("sluice.yaml");
        String offered = Files.readString(file).replace("# expiry:", "expiry:").replace("# notices:", "notices:");

        Files.writeString(file, offered);

        assertThat(offered).contains("\nexpiry: {", "\nnotices: {");
        assertThat(written().domain()).isEqualTo("shop.example");
    }

    @Test
    void whatIsThereAlreadyStaysUnlessForced() throws IOException {
        Files.createDirectories(directory.resolve("app"));
        Files.writeString(directory.resolve("app/app.py"), "mine");
        String[] words = {"init", "--cluster", "shop", "--domain", "shop.example", "--region", "ams3"};

        CliOutcome refused = alone().run(words);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("Nothing was written: app/app.py already exists", "--force");
        assertThat(directory.resolve("sluice.yaml")).doesNotExist();
        assertThat(directory.resolve("app/app.py")).hasContent("mine");

        assertThat(alone().run(Stream.concat(Stream.of(words), Stream.of("--force"))
                                .toArray(String[]::new))
                        .code())
                .isZero();
        assertThat(Files.readString(directory.resolve("app/app.py"))).contains("flask");
    }

    @Test
    void everyOptionThatIsMissingIsNamedAtOnceWhereNobodyCanBeAsked() {
        CliOutcome answer = alone().run("init", "--domain", "shop.example");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("add --cluster, --region; without a terminal init cannot ask");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void answersThatMakeNoValidFileAreAllNamedAndNothingIsWritten() {
        CliOutcome answer =
                alone().run("init", "--cluster", "Shop", "--domain", "shop", "--region", "Frankfurt", "--vpc", "mine");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err())
                .contains(
                        "Nothing was written",
                        "cluster: \"Shop\" is not a cluster name",
                        "domain: \"shop\" is not a domain",
                        "region: \"Frankfurt\" is not a region",
                        "vpc: \"mine\" is not a UUID");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aTerminalIsAskedAndAskedAgainUntilTheAnswerCanBe() throws InvalidClusterFileException {
        CliOutcome answer =
                typing(alone(), List.of("My Shop", "shop", "shop.example", "", "fra1", "", "laptop"), "init");

        assertThat(answer.code()).as(answer.all()).isZero();
        assertThat(answer.err()).contains("Name of the cluster: ", "\"My Shop\" is not a cluster name", "[www]: ");
        assertThat(written().serviceName()).isEqualTo("www.shop.example");
        assertThat(written().sshKeys()).containsExactly("laptop");
    }

    @Test
    void theAccountGivesTheChoicesAndJudgesWhatTheOptionsSay() throws InvalidClusterFileException {
        TestEnvironmentOptions.Builder options =
                TestEnvironmentOptions.newBuilder().setUseTimeskipping(false);
        try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options.build())) {
            environment.newWorker(WorkflowIds.TASK_QUEUE).registerWorkflowImplementationTypes(FakeShowAccount.class);
            environment.start();
            CliRunner console = new CliRunner(settings -> new TemporalClient(
                            environment.getWorkflowServiceStubs(), environment.getWorkflowClient(), "in process"))
                    .in(directory);

            CliOutcome asked = typing(console, List.of("shop", "", "", "fra9", "fra1", "", ""), "init");
            assertThat(asked.code()).as(asked.all()).isZero();
            assertThat(asked.err())
                    .contains(
                            "possible: ams3, fra1", "\"fra9\" does not exist; did you mean fra1?", "[shop.example]: ");
            assertThat(written().sshKeys()).containsExactly("laptop");

            CliOutcome other = typing(
                    console,
                    List.of(),
                    "init",
                    "--force",
                    "--cluster",
                    "shop",
                    "--domain",
                    "other.example",
                    "--region",
                    "fra1",
                    "--service",
                    "www",
                    "--size",
                    "s-1vcpu-1gb",
                    "--ssh-key",
                    "laptop");
            assertThat(other.code()).isEqualTo(8);
            assertThat(other.out()).contains("no  domain             the account has no domain other.example");
        }
    }
}
