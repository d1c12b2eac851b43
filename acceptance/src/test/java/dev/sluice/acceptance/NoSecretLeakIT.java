package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.SharedLabExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After all other tests: what they made Temporal, the workers and the command line say holds no secret. */
@ExtendWith(SharedLabExtension.class)
@Order(900)
class NoSecretLeakIT {
    @BeforeAll
    static void aServingCluster(DemoCluster cluster) {
        cluster.ensureTwoOfEach();
    }

    @Test
    void noSecretIsInAnyHistoryLogOrOutput(DemoCluster cluster) throws IOException {
        LabEnvironment world = cluster.world();
        Map<String, String> said = new TreeMap<>(histories(world));
        said.putAll(logs());
        said.put("the command line's output", SluiceProcess.recordedOutput());

        assertThat(String.join("", said.values())).as("what is searched").contains("sanity gate", "hello-proxy-");
        Map<String, List<String>> needles = needles(world);
        assertThat(needles).hasSizeGreaterThanOrEqualTo(6);
        needles.forEach((secret, forms) -> forms.forEach(form -> said.forEach((place, text) ->
                assertThat(text.contains(form)).as("%s in %s", secret, place).isFalse())));
    }

    /** Each secret as it is, in hexadecimal, and in base64; of keys every line. */
    private static Map<String, List<String>> needles(LabEnvironment world) throws IOException {
        Map<String, List<String>> needles = new TreeMap<>();
        needles.put("the token", forms(world.setting("SLUICE_DO_TOKEN").getBytes(StandardCharsets.UTF_8)));
        for (String name : List.of("SLUICE_SSH_KEY", "SLUICE_HOST_CA")) {
            needles.put(name, lines(Path.of(world.setting(name))));
        }
        needles.put("first contact", forms(Files.readAllBytes(Path.of(world.setting("SLUICE_FIRST_CONTACT_SECRET")))));
        needles.put("the site's key", lines(Path.of(world.setting("SLUICE_SECRETS"), "site-key")));
        needles.put("any private key", List.of("PRIVATE KEY-----"));
        return needles;
    }

    private static List<String> lines(Path key) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(key)) {
            // The first lines of an OpenSSH key are the same for every key.
            if (line.length() > 30 && !line.startsWith("-----") && !line.startsWith("b3BlbnNzaC1rZXktdjE")) {
                lines.addAll(forms(line.getBytes(StandardCharsets.UTF_8)));
            }
        }
        assertThat(lines).as(key.toString()).isNotEmpty();
        return lines;
    }

    private static List<String> forms(byte[] secret) {
        return List.of(
                new String(secret, StandardCharsets.ISO_8859_1),
                HexFormat.of().formatHex(secret),
                Base64.getEncoder().withoutPadding().encodeToString(secret).substring(0, secret.length));
    }

    private static Map<String, String> histories(LabEnvironment world) throws IOException {
        Map<String, String> histories = new TreeMap<>();
        ByteString page = ByteString.EMPTY;
        do {
            ListWorkflowExecutionsResponse list = world.temporal()
                    .blockingStub()
                    .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                            .setNamespace(world.setting("TEMPORAL_NAMESPACE"))
                            .setNextPageToken(page)
                            .build());
            for (WorkflowExecutionInfo run : list.getExecutionsList()) {
                histories.put(
                        run.getExecution().getWorkflowId() + "@"
                                + run.getExecution().getRunId(),
                        history(world, run.getExecution()));
            }
            page = list.getNextPageToken();
        } while (!page.isEmpty());
        return histories;
    }

    /** The bytes on the wire: payloads are in there as they are. */
    private static String history(LabEnvironment world, WorkflowExecution run) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteString page = ByteString.EMPTY;
        do {
            GetWorkflowExecutionHistoryResponse part = world.temporal()
                    .blockingStub()
                    .getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                            .setNamespace(world.setting("TEMPORAL_NAMESPACE"))
                            .setExecution(run)
                            .setNextPageToken(page)
                            .build());
            part.getHistory().writeTo(bytes);
            page = part.getNextPageToken();
        } while (!page.isEmpty());
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static Map<String, String> logs() throws IOException {
        Map<String, String> logs = new TreeMap<>();
        try (Stream<Path> files = Files.list(SluiceProcess.runDirectory())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".log")).toList()) {
                logs.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return logs;
    }
}
