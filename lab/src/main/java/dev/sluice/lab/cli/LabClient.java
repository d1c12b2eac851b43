package dev.sluice.lab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.fault.ApiFault;
import dev.sluice.lab.machine.MachineFault;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Stream;

/** Prints the machines and faults of a running lab, and declares and ends faults, over the lab's API. */
final class LabClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LabEndpoints ports;
    private final PrintStream out;

    LabClient(LabEndpoints ports, PrintStream out) {
        this.ports = ports;
        this.out = out;
    }

    /** The names of all faults. */
    static Stream<String> faults() {
        return Stream.concat(
                Arrays.stream(MachineFault.values()).map(MachineFault::word),
                Arrays.stream(ApiFault.values()).map(ApiFault::word));
    }

    void table() throws IOException {
        out.printf("%-12s %-28s %-8s %-14s %-14s %s%n", "ID", "NAME", "STATUS", "PRIVATE", "PUBLIC", "IMAGE");
        for (JsonNode droplet : call("GET", "/v2/droplets?per_page=200", "").path("droplets")) {
            out.printf(
                    "%-12s %-28s %-8s %-14s %-14s %s%n",
                    droplet.path("id").asText(),
                    droplet.path("name").asText(),
                    droplet.path("status").asText(),
                    address(droplet, "private"),
                    address(droplet, "public"),
                    droplet.path("image").path("name").asText());
        }
        for (JsonNode fault : call("GET", "/lab/faults", "").path("faults")) {
            out.println("fault   " + describeFault(fault));
        }
        out.println("load    " + Files.readString(Path.of("/proc/loadavg")).strip());
    }

    /** Declares a fault of the machines whose name contains {@code node}, or of the next whose name contains {@code next}. */
    void declareFault(String fault, String node, String next, int times) throws IOException {
        ObjectNode body = JSON.createObjectNode().put("name", fault).put("droplet", next.isEmpty() ? node : next);
        if (!next.isEmpty()) {
            body.put("next", true);
        }
        if (times > 0) {
            body.put("times", times);
        }
        long id = call("POST", "/lab/faults", body.toString())
                .path("fault")
                .path("id")
                .asLong();
        out.println("fault   %s%s, number %d"
                .formatted(
                        fault,
                        (next.isEmpty()
                                ? " is in force for machines" + describeTarget(node)
                                : " waits for the next machine" + describeTarget(next)),
                        id));
    }

    /**
     * Declares all faults of a plan, or none: a JSON list in the form of {@code POST /lab/faults}. The printed seed
     * determines the values that the plan leaves open.
     */
    void declarePlan(Path file, long seed) throws IOException {
        JsonNode faults = JSON.readTree(Files.readString(file));
        if (!faults.isArray() || faults.isEmpty()) {
            throw new IllegalArgumentException(file + " is no fault plan: a JSON list of faults is expected.");
        }
        out.println("seed    %d; the same again: ./sluice lab break --plan %s --seed %d".formatted(seed, file, seed));
        FaultPlanSampler dice = new FaultPlanSampler(seed);
        ArrayList<JsonNode> drawn = new ArrayList<JsonNode>();
        for (JsonNode fault : faults) {
            drawn.add(dice.draw(fault));
        }
        ArrayList<Long> declared = new ArrayList<Long>();
        for (JsonNode fault : drawn) {
            try {
                JsonNode made = call("POST", "/lab/faults", fault.toString()).path("fault");
                declared.add(made.path("id").asLong());
                out.println("fault   " + describeFault(made));
            } catch (IOException refused) {
                for (long id : declared) {
                    call("DELETE", "/lab/faults/" + id, "");
                }
                throw new IOException("%s, fault %d of %d: %s. None of them is in force."
                        .formatted(file, declared.size() + 1, faults.size(), refused.getMessage()));
            }
        }
    }

    private static String describeTarget(String part) {
        return part.isEmpty() ? " of any name" : " whose name has " + part;
    }

    /** Describes a declared fault in a line: its targets and its count. */
    private static String describeFault(JsonNode fault) {
        String operation = fault.path("operation").asText();
        int times = fault.path("times").asInt();
        int nth = fault.path("nth").asInt();
        return "%d %s: %s%s%s%s, struck %d%s times"
                .formatted(
                        fault.path("id").asInt(),
                        fault.path("name").asText(),
                        operation.isEmpty() ? "machines" : operation,
                        describeTarget(fault.path("droplet").asText()),
                        nth > 1 ? ", from match " + nth : "",
                        fault.path("next").asBoolean() ? ", new ones only" : "",
                        fault.path("fired").asInt(),
                        times == 0 ? "" : " of " + times);
    }

    void endFaults(String fault, String node) throws IOException {
        int ended = 0;
        for (JsonNode found : call("GET", "/lab/faults", "").path("faults")) {
            if (!found.path("name").asText().equals(fault)) {
                continue;
            }
            if (!node.isEmpty() && !found.path("droplet").asText().equals(node)) {
                continue;
            }
            call("DELETE", "/lab/faults/" + found.path("id").asLong(), "");
            ended++;
        }
        out.println("fault   %s: %d ended".formatted(fault, ended));
    }

    private static String address(JsonNode droplet, String kind) {
        for (JsonNode network : droplet.path("networks").path("v4")) {
            if (network.path("type").asText().equals(kind)) {
                return network.path("ip_address").asText();
            }
        }
        return "-";
    }

    private JsonNode call(String method, String path, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(ports.url() + path))
                .header("Authorization", "Bearer " + ports.token())
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IOException("The lab's API answered %d to %s %s: %s"
                        .formatted(answer.statusCode(), method, path, answer.body()));
            }
            return answer.body().isEmpty() ? JSON.missingNode() : JSON.readTree(answer.body());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while asking the lab's API.", interrupted);
        }
    }
}
