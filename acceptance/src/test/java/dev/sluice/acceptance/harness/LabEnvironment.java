package dev.sluice.acceptance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.RequestCancelWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.RequestCancelWorkflowExecutionResponse;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;

/** The lab with its workers, and what can be seen of it from outside. */
public final class LabEnvironment {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The steps of a deployment as its search attribute names them, in their order. */
    public static final List<String> STEPS = List.of(
            "check plan",
            "clone",
            "first boot",
            "sanity gate",
            "join cluster",
            "update DNS",
            "reload proxy",
            "probation");

    private static final int WAITING = 6;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Map<String, String> environment = new HashMap<>();
    private WorkflowServiceStubs temporal = WorkflowServiceStubs.newLocalServiceStubs();
    private boolean isDown;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Starts the lab and two workers. */
    public static LabEnvironment up() {
        return up(Map.of());
    }

    /** The same with another environment for the lab. */
    public static LabEnvironment up(Map<String, String> environment) {
        LabEnvironment world = new LabEnvironment();
        SluiceProcess.markBuilt();
        Map<String, String> inLab = new HashMap<>(environment);
        // A suite asks one token what an operator asks it in a day; what a used-up hour does is in no test here.
        inLab.putIfAbsent("SLUICE_LAB_REQUESTS_PER_HOUR", "50000");
        world.requireSuccess(SluiceProcess.runSluice(inLab, "lab", "up"));
        world.readEnvironment();
        world.temporal = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(world.setting("TEMPORAL_ADDRESS"))
                .build());
        world.requireSuccess(SluiceProcess.runSluice("worker", "--background", "2"));
        return world;
    }

    /** Takes it down, once. */
    public void down() {
        if (isDown) {
            return;
        }
        isDown = true;
        temporal.shutdownNow();
        requireSuccess(SluiceProcess.runSluice("lab", "down"));
    }

    /** Starts one more worker and answers its pid. */
    public long startWorker() {
        return startWorker(Map.of());
    }

    /** The same with another environment. */
    public long startWorker(Map<String, String> environment) {
        return Long.parseLong(requireSuccess(SluiceProcess.runSluice(environment, "worker", "--background"))
                .out()
                .strip());
    }

    /** What {@code ./sluice lab env} told. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    public String setting(String name) {
        String value = environment.get(name);
        assertThat(value).as(name).isNotNull();
        return value == null ? "" : value;
    }

    public SluiceProcess.ProcessOutcome requireSuccess(SluiceProcess.ProcessOutcome outcome) {
        assertThat(outcome.exit()).as(outcome.transcript()).isZero();
        return outcome;
    }

    private void readEnvironment() {
        for (String line : requireSuccess(SluiceProcess.runSluice("lab", "env"))
                .out()
                .lines()
                .toList()) {
            String[] parts = line.replaceFirst("^export ", "").split("=", 2);
            environment.put(parts[0], parts[1].replaceAll("^['\"]|['\"]$", ""));
        }
    }

    /** What the lab itself tells under {@code /lab}: it counts towards no limit, so it may be asked often. */
    public JsonNode getLab(String path) {
        return requestLab("GET", path, "");
    }

    JsonNode requestLab(String method, String path, String body) {
        return ask(method, "/lab/" + path, body);
    }

    /**
     * Waits until at most so many requests count towards the token's limit of a minute: near it, at half of its 250,
     * requests are sent apart, which who measures something else must not measure.
     */
    public void awaitMinuteWithAtMost(int requests) {
        awaitTrue("at most %d requests in a minute".formatted(requests), Duration.ofMinutes(3), () -> {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            Instant since = Instant.now().minusSeconds(62);
            long counting = StreamSupport.stream(
                            getLab("journal").path("requests").spliterator(), false)
                    .filter(request ->
                            Instant.parse(request.path("at").asText()).isAfter(since))
                    .count();
            return counting <= requests;
        });
    }

    /** As a user of the API, such as the one who presses "reboot" in a browser. */
    public void rebootDroplet(String node) {
        ask(
                "POST",
                "/v2/droplets/%d/actions"
                        .formatted(requireDroplet(node).path("id").asLong()),
                "{\"type\":\"reboot\"}");
    }

    private JsonNode ask(String method, String path, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(setting("SLUICE_DO_API") + path))
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .header("Authorization", "Bearer " + setting("SLUICE_DO_TOKEN"))
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(30))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode())
                    .as("%s %s %s: %s", method, path, body, answer.body())
                    .isLessThan(300);
            return JSON.readTree(answer.body());
        } catch (IOException failed) {
            throw new IllegalStateException(method + " " + path, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The private address of a node. */
    public String address(String node) {
        return requireDroplet(node).path("private").asText();
    }

    private JsonNode requireDroplet(String node) {
        for (JsonNode droplet : getLab("account").path("droplets")) {
            if (droplet.path("name").asText().equals(node)) {
                return droplet;
            }
        }
        throw new IllegalStateException("There is no droplet " + node);
    }

    /** Names of the droplets that carry all these tags. */
    public Set<String> droplets(String... tags) {
        Set<String> names = new TreeSet<>();
        for (JsonNode droplet : getLab("account").path("droplets")) {
            if (texts(droplet.path("tags")).containsAll(List.of(tags))) {
                names.add(droplet.path("name").asText());
            }
        }
        return names;
    }

    /**
     * Everything at the API that a deployment could leave behind. Tags that only name a state are no left-over, they are
     * the same few for ever; that of the cluster file is another one after a change with another file.
     */
    public Map<String, Set<String>> accountContents() {
        JsonNode account = getLab("account");
        Set<String> tags = texts(account.path("tags"));
        tags.removeIf(tag -> tag.startsWith("state:") || tag.startsWith("config:"));
        return Map.of(
                "droplets", names(account.path("droplets")),
                "records", texts(account.path("records")),
                "tags", tags,
                "keys", texts(account.path("keys")),
                "images", names(account.path("images")));
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new TreeSet<>();
        list.forEach(item -> names.add(item.path("name").asText()));
        return names;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    public WorkflowServiceStubs temporal() {
        return temporal;
    }

    /** Ends every worker at once, as a power cut would. */
    public void killWorkers() {
        workerPids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        awaitTrue(
                "no worker is left", Duration.ofSeconds(10), () -> workerPids().isEmpty());
    }

    /** Waits until a node's run is in that step, or beyond it, or is over. */
    public void awaitPhase(String node, String phase) {
        awaitTrue(node + " at " + phase, Duration.ofSeconds(60), () -> {
            String now = phaseOf(node);
            boolean later = STEPS.contains(phase) && STEPS.indexOf(now) > STEPS.indexOf(phase);
            return now.equals(phase) || now.isEmpty() || later;
        });
    }

    /** Cancels a run at once; the command line needs a second to do so, in which a step may end. */
    public void cancelRun(String run) {
        RequestCancelWorkflowExecutionResponse unused = temporal.blockingStub()
                .requestCancelWorkflowExecution(RequestCancelWorkflowExecutionRequest.newBuilder()
                        .setNamespace(setting("TEMPORAL_NAMESPACE"))
                        .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(run))
                        .build());
    }

    /** Pids of the workers that are up. */
    public List<Long> workerPids() {
        String pids = SluiceProcess.runSluice("lab", "env")
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
    public String phaseOf(String node) {
        DescribeWorkflowExecutionResponse run = temporal.blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(setting("TEMPORAL_NAMESPACE"))
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
    SluiceProcess.ProcessOutcome runInNetwork(String... words) {
        return SluiceProcess.run(Map.of(), networkCommand(words));
    }

    public List<String> networkCommand(String... words) {
        List<String> command = new ArrayList<>(List.of("nsenter", "-t", setting("SLUICE_LAB_PID")));
        if (!"root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("-U", "--preserve-credentials"));
        }
        command.add("-n");
        command.addAll(List.of(words));
        return command;
    }

    /** Watches a run from outside until it has ended and waits for nobody. */
    public SluiceProcess.ProcessOutcome awaitRunEnd(String run) {
        List<SluiceProcess.ProcessOutcome> last = new ArrayList<>();
        awaitTrue(run + " ends", Duration.ofMinutes(2), () -> {
            last.add(0, SluiceProcess.runSluice("watch", run));
            return last.get(0).exit() != WAITING;
        });
        return last.get(0);
    }

    /** Where the lab keeps its machines. */
    String directory() {
        return setting("SLUICE_SITE_CA").replaceFirst("/[^/]*$", "");
    }

    /** It is so now and stays so for that long. */
    public static void assertStaysTrue(String what, Duration time, BooleanSupplier so) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            assertThat(so.getAsBoolean()).as("%s for %s", what, time).isTrue();
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** For putting right again what a test broke on purpose: the host's identity itself. */
    public SluiceProcess.ProcessOutcome sshWithoutAnyTrust(String node, String command) {
        return runInNetwork(
                "ssh",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-i",
                setting("SLUICE_SSH_KEY"),
                "root@" + address(node),
                command);
    }

    /** Waits until it is so; fails with what was expected after the limit. */
    public static void awaitTrue(String what, Duration limit, BooleanSupplier so) {
        long end = System.nanoTime() + limit.toNanos();
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s within %s", what, limit).isLessThan(end);
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
