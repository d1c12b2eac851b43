package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.machine.Machines;
import dev.sluice.lab.machine.Usage;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a droplet uses. The lab keeps no history: it looks at the machine when it is asked, so a range has one value, that
 * of now, or none if the range does not reach until now or nothing runs.
 */
final class Metrics {
    /** The metrics that are one number each. */
    static final List<String> FIGURES = List.of(
            "filesystem_free",
            "filesystem_size",
            "load_1",
            "load_5",
            "load_15",
            "memory_cached",
            "memory_free",
            "memory_total",
            "memory_available");

    private final Fleet fleet;
    private final Machines machines;
    private final Clock clock;

    Metrics(Fleet fleet, Machines machines, Clock clock) {
        this.fleet = fleet;
        this.machines = machines;
        this.clock = clock;
    }

    Answer figure(Call call, String name) {
        Droplet droplet = droplet(call);
        var results = Json.array();
        usage(call, droplet)
                .flatMap(usage -> Optional.ofNullable(usage.figures().get(name)))
                .ifPresent(value -> results.add(result(droplet, Map.of(), value)));
        return matrix(results);
    }

    /** Seconds in each mode since the boot: a client takes the difference of two. */
    Answer cpu(Call call) {
        Droplet droplet = droplet(call);
        var results = Json.array();
        usage(call, droplet)
                .ifPresent(usage -> usage.cpuSeconds()
                        .forEach((mode, seconds) -> results.add(result(droplet, Map.of("mode", mode), seconds))));
        return matrix(results);
    }

    Answer bandwidth(Call call) {
        Droplet droplet = droplet(call);
        String network = oneOf(call, "interface", List.of("private", "public"));
        String direction = oneOf(call, "direction", List.of("inbound", "outbound"));
        var results = Json.array();
        usage(call, droplet)
                .flatMap(usage -> Optional.ofNullable(usage.bytes().get(network + " " + direction)))
                .ifPresent(bytes ->
                        results.add(result(droplet, Map.of("interface", network, "direction", direction), bytes)));
        return matrix(results);
    }

    private Optional<Usage> usage(Call call, Droplet droplet) {
        Instant now = clock.instant();
        Instant start = time(call, "start");
        Instant end = time(call, "end");
        if (end.isBefore(start)) throw Refusal.badRequest("end is before start.");
        // The client's "until now" is a little before the lab's.
        if (start.isAfter(now) || end.plusSeconds(60).isBefore(now)) return Optional.empty();
        if (!machines.running(droplet.id)) return Optional.empty();
        try {
            return machines.usage(droplet.id);
        } catch (IOException e) {
            LabLog.failure("look at what droplet " + droplet.name + " uses", e);
            return Optional.empty();
        }
    }

    private ObjectNode result(Droplet droplet, Map<String, String> labels, double value) {
        var result = Json.object();
        var metric = result.putObject("metric").put("host_id", Long.toString(droplet.id));
        labels.forEach(metric::put);
        result.putArray("values")
                .addArray()
                .add(clock.instant().getEpochSecond())
                .add(String.format(Locale.ROOT, "%.2f", value));
        return result;
    }

    private static Answer matrix(ArrayNode results) {
        var body = Json.object().put("status", "success");
        body.putObject("data").put("resultType", "matrix").set("result", results);
        return new Answer(200, body, 0);
    }

    private Droplet droplet(Call call) {
        String id = call.asked("host_id").orElseThrow(() -> Refusal.badRequest("host_id is missing."));
        return fleet.all().stream()
                .filter(droplet -> Long.toString(droplet.id).equals(id))
                .findFirst()
                .orElseThrow(Refusal::notFound);
    }

    private static Instant time(Call call, String parameter) {
        String text = call.asked(parameter).orElse("");
        if (!text.matches("[0-9]{1,12}(\\.[0-9]*)?"))
            throw Refusal.badRequest(parameter + " must be a time in seconds since 1970.");
        return Instant.ofEpochSecond(Long.parseLong(text.replaceFirst("\\..*", "")));
    }

    private static String oneOf(Call call, String parameter, List<String> values) {
        return call.asked(parameter)
                .filter(values::contains)
                .orElseThrow(() -> Refusal.badRequest(parameter + " must be " + String.join(" or ", values) + "."));
    }
}
