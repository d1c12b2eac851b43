package dev.sluice.activities.node.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.workflows.activity.NodeActivities.HealthRequest;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckSpec.HttpCheck;
import dev.sluice.workflows.model.check.HealthSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Checks processes, listening ports, closed ports and HTTP answers. */
final class ServingChecks implements CheckGroup {
    private static final int REFUSED = 7;
    private static final int TOO_LONG = 63;
    /** What an application or the server before it answers until it has started. */
    private static final Set<Integer> WARMING_UP = Set.of(502, 503, 504);

    @Override
    public List<CheckResult> judge(InspectionInput given) {
        List<CheckResult> results = new ArrayList<>();
        given.checks().processes().forEach(name -> results.add(process(given.look(), name)));
        given.checks().ports().forEach(port -> results.add(port(given, port)));
        given.checks().closed().forEach(port -> results.add(closed(given, port)));
        given.checks().http().forEach(http -> results.addAll(http(given.look(), http)));
        given.order().health().ifPresent(health -> results.add(health(given, health)));
        return results;
    }

    private static CheckResult process(InspectionOutput look, String name) {
        int count = look.all("process").stream()
                .filter(line -> line.path("name").asText().equals(name))
                .mapToInt(line -> line.path("count").asInt())
                .sum();
        return count > 0
                ? GateCheck.PROCESSES.ok("%s runs, %d processes", name, count)
                : GateCheck.PROCESSES.critical("%s does not run", name);
    }

    private static CheckResult port(InspectionInput given, int port) {
        return given.look().judge(GateCheck.PORTS, "listen", line -> {
            String own = given.order().node().privateAddress() + ":" + port;
            Set<String> wanted = Set.of(own, "0.0.0.0:" + port, "*:" + port, ":::" + port);
            return at(line).stream().anyMatch(wanted::contains)
                    ? GateCheck.PORTS.ok("%d listens", port)
                    : GateCheck.PORTS.notYet("nothing listens on %s", own);
        });
    }

    /** Checks that a connection to the port is refused. */
    private static CheckResult closed(InspectionInput given, int port) {
        String address = given.order().node().publicAddress() + ":" + port;
        int exit = given.look().all("closed").stream()
                .filter(line -> line.path("port").asInt() == port)
                .mapToInt(line -> line.path("exit").asInt())
                .findFirst()
                .orElse(-1);
        if (exit < 0) {
            return GateCheck.CLOSED_PORTS.unknown("%s was not tried", address);
        }
        return exit == REFUSED
                ? GateCheck.CLOSED_PORTS.ok("%s refuses", address)
                : GateCheck.CLOSED_PORTS.critical(
                        "%s does not refuse (curl exit %d); expected a refusal", address, exit);
    }

    private static List<String> at(JsonNode listen) {
        List<String> addresses = new ArrayList<>();
        listen.path("at").forEach(address -> addresses.add(address.asText()));
        return addresses;
    }

    private static List<CheckResult> http(InspectionOutput look, HttpCheck asked) {
        String what = asked.port() + asked.path();
        return look.all("http").stream()
                .filter(line -> line.path("port").asInt() == asked.port()
                        && line.path("path").asText().equals(asked.path()))
                .findFirst()
                .map(line -> List.of(answer(line, asked, what), time(line, asked, what)))
                .orElseGet(() -> List.of(GateCheck.HTTP.unknown("%s was not requested", what)));
    }

    private static CheckResult answer(JsonNode line, HttpCheck asked, String what) {
        int exit = line.path("exit").asInt();
        int status = line.path("status").asInt();
        if (exit != 0) {
            return noAnswer(GateCheck.HTTP, exit, what);
        }
        if (status != asked.status()) {
            return WARMING_UP.contains(status)
                    ? GateCheck.HTTP.notYet("%s answered %d, expected %d", what, status, asked.status())
                    : GateCheck.HTTP.critical("%s answered %d, expected %d", what, status, asked.status());
        }
        if (!line.path("found").asBoolean()) {
            return GateCheck.HTTP.critical(
                    "%s answered %d without the text '%s'; it began with '%s'",
                    what, status, asked.contains(), start(body(line)));
        }
        return GateCheck.HTTP.ok("%s answered %d", what, status);
    }

    private static CheckResult noAnswer(GateCheck check, int exit, String what) {
        return switch (exit) {
            case REFUSED -> check.notYet("%s refuses the connection", what);
            case TOO_LONG -> check.critical("%s answered with more than 8 MiB, which the gate does not read", what);
            default -> check.critical("%s gave no answer (curl exit %d)", what, exit);
        };
    }

    /** What each proxy will ask before it takes the member for healthy. Its host is the address; no setting changes that. */
    private static CheckResult health(InspectionInput given, HealthRequest asked) {
        String host = given.order().node().privateAddress() + ":" + asked.port();
        String what = "a proxy's health check, GET %s for the host %s,".formatted(asked.path(), host);
        return given.look().judge(GateCheck.HEALTH, "health", line -> {
            int exit = line.path("exit").asInt();
            int status = line.path("status").asInt();
            if (exit != 0) {
                return noAnswer(GateCheck.HEALTH, exit, what);
            }
            if (HealthSpec.isGood(status)) {
                return GateCheck.HEALTH.ok("%s gets %d", what, status);
            }
            String says = "%s gets %d, expected 200 to 399; health.path of the role names what is asked for"
                    .formatted(what, status);
            return WARMING_UP.contains(status)
                    ? GateCheck.HEALTH.notYet("%s", says)
                    : GateCheck.HEALTH.critical("%s", says);
        });
    }

    private static CheckResult time(JsonNode line, HttpCheck asked, String what) {
        if (line.path("exit").asInt() != 0) {
            return GateCheck.EXECUTION_TIME.unknown("%s gave no answer to time", what);
        }
        long millis = Math.round(line.path("seconds").asDouble() * 1000);
        return millis <= asked.within()
                ? GateCheck.EXECUTION_TIME.ok("%s in %d ms, at most %d ms", what, millis, asked.within())
                : GateCheck.EXECUTION_TIME.critical(
                        "%s took %d ms, at most %d ms expected", what, millis, asked.within());
    }

    private static String body(JsonNode line) {
        return new String(Base64.getDecoder().decode(line.path("body").asText()), StandardCharsets.UTF_8);
    }

    private static String start(String body) {
        return body.substring(0, Math.min(60, body.length())).replaceAll("\\s+", " ");
    }
}
