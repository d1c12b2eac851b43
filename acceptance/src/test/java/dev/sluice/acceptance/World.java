package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** The lab with its workers, and what can be seen of it from outside. */
final class World {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> environment = new HashMap<>();
    private WorkflowServiceStubs temporal = WorkflowServiceStubs.newLocalServiceStubs();
    private final HttpClient http = HttpClient.newHttpClient();

    /** Starts the lab and two workers. */
    static World up() {
        World world = new World();
        world.must(Product.sluice("lab", "up"));
        world.readEnvironment();
        world.temporal = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(world.get("TEMPORAL_ADDRESS"))
                .build());
        world.worker();
        world.worker();
        return world;
    }

    void down() {
        temporal.shutdownNow();
        must(Product.sluice("lab", "down"));
    }

    /** Starts one more worker and answers its pid. */
    long worker() {
        return Long.parseLong(
                must(Product.sluice("worker", "--background")).out().strip());
    }

    String get(String name) {
        String value = environment.get(name);
        assertThat(value).as(name).isNotNull();
        return value == null ? "" : value;
    }

    Product.Outcome must(Product.Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.all()).isZero();
        return outcome;
    }

    private void readEnvironment() {
        for (String line : must(Product.sluice("lab", "env")).out().lines().toList()) {
            String[] parts = line.replaceFirst("^export ", "").split("=", 2);
            environment.put(parts[0], parts[1].replaceAll("^['\"]|['\"]$", ""));
        }
    }

    /** An answer of the lab's API. */
    JsonNode api(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(get("SLUICE_DO_API") + path))
                    .header("Authorization", "Bearer " + get("SLUICE_DO_TOKEN"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException failed) {
            throw new IllegalStateException("GET " + path, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Names of the droplets that carry all these tags. */
    Set<String> droplets(String... tags) {
        Set<String> names = new TreeSet<>();
        for (JsonNode droplet : api("/v2/droplets?per_page=200").path("droplets")) {
            List<String> its = new ArrayList<>();
            droplet.path("tags").forEach(tag -> its.add(tag.asText()));
            if (its.containsAll(List.of(tags))) {
                names.add(droplet.path("name").asText());
            }
        }
        return names;
    }

    /** Everything at the API that a deployment could leave behind. */
    Map<String, Set<String>> things() {
        Map<String, Set<String>> things = new HashMap<>();
        things.put("droplets", droplets());
        things.put("records", names("/v2/domains/hello.example/records?type=A&per_page=200", "domain_records", "data"));
        things.put("tags", names("/v2/tags?per_page=200", "tags", "name"));
        things.put("keys", names("/v2/account/keys?per_page=200", "ssh_keys", "name"));
        things.put("images", names("/v2/images?private=true&per_page=200", "images", "name"));
        return things;
    }

    private Set<String> names(String path, String list, String field) {
        Set<String> names = new TreeSet<>();
        api(path).path(list).forEach(item -> names.add(item.path(field).asText()));
        return names;
    }

    /** Pids of the workers that are up. */
    List<Long> workers() {
        String pids = Product.sluice("lab", "env")
                .out()
                .lines()
                .filter(line -> line.startsWith("export SLUICE_WORKER_PIDS="))
                .map(line -> line.replaceFirst(".*?=", "")
                        .replaceAll("['\"\\\\]", "")
                        .strip())
                .findFirst()
                .orElse("");
        return pids.isEmpty()
                ? List.of()
                : Arrays.stream(pids.split(" +")).map(Long::valueOf).toList();
    }

    /** The phase of a node's run, as Temporal's search attribute says; empty once it is closed. */
    String phase(String node) {
        DescribeWorkflowExecutionResponse run = temporal.blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(get("TEMPORAL_NAMESPACE"))
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId("node/hello/" + node))
                        .build());
        if (run.getWorkflowExecutionInfo().getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
            return "";
        }
        return run.getWorkflowExecutionInfo()
                .getSearchAttributes()
                .getIndexedFieldsOrDefault("SluicePhase", Payload.getDefaultInstance())
                .getData()
                .toStringUtf8()
                .replace("\"", "");
    }

    /** Runs a command inside the lab's network. */
    Product.Outcome inside(String... words) {
        List<String> command = new ArrayList<>(List.of("nsenter", "-t", get("SLUICE_LAB_PID")));
        if (!"root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("-U", "--preserve-credentials"));
        }
        command.add("-n");
        command.addAll(List.of(words));
        return Product.run(Map.of(), command);
    }

    /** Waits until it is so; fails with what was expected after the limit. */
    static void until(String what, Duration limit, BooleanSupplier so) {
        long end = System.nanoTime() + limit.toNanos();
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s within %s", what, limit).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
