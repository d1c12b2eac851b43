package dev.sluice.lab.droplets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.account.LabRuntime;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.LabLog;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.machine.MachineUsage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The metrics of a droplet. The lab keeps no history: a range has one value, the current one. It has none if the range
 * ends before now or the machine is off.
 */
final class MetricOperations {
    /** The metrics that are one number each. */
    private static final List<String> FIGURES = List.of(
            "filesystem_free",
            "filesystem_size",
            "load_1",
            "load_5",
            "load_15",
            "memory_cached",
            "memory_free",
            "memory_total",
            "memory_available");

    private final DropletStore fleet;
    private final LabRuntime runtime;

    MetricOperations(DropletStore fleet, LabRuntime runtime) {
        this.fleet = fleet;
        this.runtime = runtime;
    }

    List<ApiOperation> operations() {
        Stream<ApiOperation> figures = FIGURES.stream().map(name -> operation(name, call -> figure(call, name)));
        return Stream.concat(Stream.of(operation("cpu", this::cpu), operation("bandwidth", this::bandwidth)), figures)
                .toList();
    }

    private static ApiOperation operation(String name, ApiOperation.OperationHandler handler) {
        return ApiOperation.get(
                "/v2/monitoring/metrics/droplet/" + name, "the current value; none for machines in memory", handler);
    }

    private ApiResponse figure(RoutedRequest call, String name) {
        LabDroplet droplet = droplet(call);
        ArrayNode results = ApiJson.array();
        usage(call, droplet)
                .flatMap(usage -> Optional.ofNullable(usage.figures().get(name)))
                .ifPresent(value -> results.add(result(droplet, Map.of(), value)));
        return matrix(results);
    }

    /** Seconds in each mode since the boot: a client takes the difference of two. */
    private ApiResponse cpu(RoutedRequest call) {
        LabDroplet droplet = droplet(call);
        ArrayNode results = ApiJson.array();
        usage(call, droplet)
                .ifPresent(usage -> usage.cpuSeconds()
                        .forEach((mode, seconds) -> results.add(result(droplet, Map.of("mode", mode), seconds))));
        return matrix(results);
    }

    private ApiResponse bandwidth(RoutedRequest call) {
        LabDroplet droplet = droplet(call);
        String network = oneOf(call, "interface", List.of("private", "public"));
        String direction = oneOf(call, "direction", List.of("inbound", "outbound"));
        ArrayNode results = ApiJson.array();
        usage(call, droplet)
                .flatMap(usage -> Optional.ofNullable(usage.bytes().get(network + " " + direction)))
                .ifPresent(bytes ->
                        results.add(result(droplet, Map.of("interface", network, "direction", direction), bytes)));
        return matrix(results);
    }

    private Optional<MachineUsage> usage(RoutedRequest call, LabDroplet droplet) {
        Instant now = runtime.now();
        Instant start = time(call, "start");
        Instant end = time(call, "end");
        if (end.isBefore(start)) {
            throw ApiErrorException.badRequest("end is before start.");
        }
        // The client's clock may be a little behind the lab's.
        if (start.isAfter(now) || end.plusSeconds(60).isBefore(now)) {
            return Optional.empty();
        }
        if (!runtime.machines().isRunning(droplet.id())) {
            return Optional.empty();
        }
        try {
            return runtime.machines().usage(droplet.id());
        } catch (IOException failure) {
            LabLog.failure("read the usage of droplet %s".formatted(droplet.name()), failure);
            return Optional.empty();
        }
    }

    private ObjectNode result(LabDroplet droplet, Map<String, String> labels, double value) {
        ObjectNode result = ApiJson.object();
        ObjectNode metric = result.putObject("metric").put("host_id", Long.toString(droplet.id()));
        labels.forEach(metric::put);
        result.putArray("values")
                .addArray()
                .add(runtime.now().getEpochSecond())
                .add(String.format(Locale.ROOT, "%.2f", value));
        return result;
    }

    private static ApiResponse matrix(ArrayNode results) {
        ObjectNode body = ApiJson.object().put("status", "success");
        body.putObject("data").put("resultType", "matrix").set("result", results);
        return new ApiResponse(200, body, 0);
    }

    private LabDroplet droplet(RoutedRequest call) {
        String id =
                call.queryParameter("host_id").orElseThrow(() -> ApiErrorException.badRequest("host_id is missing."));
        return fleet.all().stream()
                .filter(droplet -> Long.toString(droplet.id()).equals(id))
                .findFirst()
                .orElseThrow(ApiErrorException::notFound);
    }

    private static Instant time(RoutedRequest call, String parameter) {
        String text = call.queryParameter(parameter).orElse("");
        if (!text.matches("[0-9]{1,12}(\\.[0-9]*)?")) {
            throw ApiErrorException.badRequest(parameter + " must be a time in seconds since 1970.");
        }
        return Instant.ofEpochSecond(Long.parseLong(text.replaceFirst("\\..*", "")));
    }

    private static String oneOf(RoutedRequest call, String parameter, List<String> values) {
        return call.queryParameter(parameter)
                .filter(values::contains)
                .orElseThrow(() -> ApiErrorException.badRequest(
                        "%s must be %s.".formatted(parameter, String.join(" or ", values))));
    }
}
