package dev.sluice.lab.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.LabLog;
import dev.sluice.lab.cloud.LabCloud;
import dev.sluice.lab.fault.ApiFault;
import dev.sluice.lab.fault.DeclaredFaults;
import dev.sluice.lab.fault.LabFault;
import java.util.Map;
import java.util.Optional;

/** Answers the requests to the lab itself under /lab: faults, journal and account. They need no token. */
final class LabControlRouter {
    private final LabCloud cloud;
    private final RequestJournal journal;

    LabControlRouter(LabCloud cloud, RequestJournal journal) {
        this.cloud = cloud;
        this.journal = journal;
    }

    HttpReply handle(LabRequest request) {
        try {
            return HttpReply.of(answer(request), Map.of());
        } catch (ApiErrorException refusal) {
            return HttpReply.of(refusal.answer("lab"), Map.of());
        }
    }

    private ApiResponse answer(LabRequest request) {
        String title = request.method() + " " + request.path();
        return switch (title) {
            case "GET /lab/faults" -> faults();
            case "POST /lab/faults" -> declareFault(ApiJson.parse(request.body()));
            case "GET /lab/account" -> new ApiResponse(200, cloud.inventory(), 0);
            case "GET /lab/journal" -> new ApiResponse(200, journal.json(), 0);
            default -> title.startsWith("DELETE /lab/faults/") ? endFault(request.path()) : unknown(request);
        };
    }

    private ApiResponse faults() {
        ArrayNode list = ApiJson.array();
        cloud.faults().forEach(planned -> list.add(planned.json()));
        return ApiResponse.ok("faults", list);
    }

    private ApiResponse declareFault(ObjectNode body) {
        try {
            LabFault fault = read(body);
            long id = cloud.declareFault(fault);
            DeclaredFaults.DeclaredFault planned = planned(id);
            cloud.awaitInjections(planned).ifPresent(why -> {
                cloud.endFault(id);
                throw ApiErrorException.unprocessable(
                        fault.name() + " could not be injected and was removed from all machines: " + why);
            });
            return ApiResponse.of(201, "fault", cloud.withLock(planned::json));
        } catch (IllegalArgumentException failure) {
            throw ApiErrorException.unprocessable(String.valueOf(failure.getMessage()));
        }
    }

    /** Answers once the machines are repaired, as a declaration answers once they are broken. */
    private ApiResponse endFault(String path) {
        String id = path.substring("/lab/faults/".length());
        if (!id.matches("[0-9]{1,18}")) {
            throw ApiErrorException.notFound();
        }
        DeclaredFaults.DeclaredFault planned = planned(Long.parseLong(id));
        cloud.endFault(planned.id());
        cloud.awaitInjections(planned)
                .ifPresent(why -> LabLog.notRepaired(planned.fault().name(), why));
        return ApiResponse.noContent();
    }

    private DeclaredFaults.DeclaredFault planned(long id) {
        return cloud.findFault(id).orElseThrow(ApiErrorException::notFound);
    }

    private static ApiResponse unknown(LabRequest request) {
        LabLog.unknown(request.method(), request.path());
        throw ApiErrorException.notFound();
    }

    private static LabFault read(ObjectNode body) {
        String name = body.path("name").asText("");
        Optional<ApiFault> api = ApiFault.named(name);
        boolean next = body.path("next").asBoolean(false);
        // By default a request fault strikes once, and a machine fault strikes every machine that matches.
        return new LabFault(
                name,
                body.path("operation").asText(api.map(ApiFault::operation).orElse("")),
                body.path("droplet").asText(""),
                number(body, "nth", 1),
                number(body, "times", api.isPresent() || next ? 1 : 0),
                number(body, "seconds", LabFault.defaultSeconds(name)),
                next);
    }

    private static int number(ObjectNode body, String field, int usual) {
        JsonNode number = body.path(field);
        if (number.isMissingNode() || number.isNull()) {
            return usual;
        }
        if (!number.isInt()) {
            throw ApiErrorException.unprocessable(field + " must be a whole number");
        }
        return number.intValue();
    }
}
