package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where every request under /v2 comes in: token, rate, route, faults; and every answer gets its headers. */
final class Desk {
    private static final Answer LOST = new Answer(0, null, 0);

    private final LabCloud cloud;
    private final Map<String, Quota> quotas = new HashMap<>();

    Desk(LabCloud cloud) {
        this.cloud = cloud;
    }

    Reply reply(Request request) {
        String requestId = UUID.randomUUID().toString();
        var reply = cloud.locked(() -> {
            var quota = quotas.computeIfAbsent(known(request.token()), token -> new Quota(cloud.settings));
            Answer answer = answer(request, quota, requestId);
            Map<String, String> headers = new HashMap<>(quota.headers(cloud.clock.instant(), answer.status()));
            headers.put("x-request-id", requestId);
            if (!request.method().equals("GET")) cloud.guards.settle();
            return Reply.of(answer, headers);
        });
        var line = new Journal.Line(request.method(), request.pathAndQuery(), reply.status(), cloud.clock.instant());
        cloud.journal.add(line);
        return reply;
    }

    private Answer answer(Request request, Quota quota, String requestId) {
        try {
            if (known(request.token()).isEmpty()) throw Refusal.unauthorized();
            quota.use(cloud.clock.instant());
            return answer(request);
        } catch (Refusal refusal) {
            return refusal.answer(requestId);
        } catch (RuntimeException e) {
            LabLog.failure("answer " + request.method() + " " + request.path(), e);
            return new Refusal(500, "server_error", "Unexpected server-side error", 0).answer(requestId);
        }
    }

    private Answer answer(Request request) {
        for (Operation operation : cloud.operations.list()) {
            var variables = operation.match(request.method(), request.path());
            if (variables.isPresent()) return answer(operation, variables.get(), request);
        }
        LabLog.unknown(request.method(), request.path());
        throw Refusal.notFound();
    }

    private Answer answer(Operation operation, Map<String, String> variables, Request request) {
        if (!operation.reads() && !request.token().equals(cloud.settings.token()))
            throw Refusal.forbidden("You are not authorized to perform this operation");
        ObjectNode body = operation.reads() ? Json.object() : Json.parse(request.body());
        var call = new Call(request.base(), request.path(), variables, request.parameters(), body, request.dangerous());
        var strike = cloud.faults.strike(operation, names(call));
        return strike.isEmpty() ? operation.handler().answer(call) : struck(operation, call, strike.get());
    }

    private Answer struck(Operation operation, Call call, FaultPlan.Strike strike) {
        return switch (strike.fault()) {
            case TOO_MANY_REQUESTS -> throw Refusal.tooManyRequests(strike.seconds());
            case ERROR_BEFORE, DELETE_FAILS -> throw Refusal.unavailable();
            case ERROR_AFTER -> {
                operation.handler().answer(call);
                throw Refusal.unavailable();
            }
            case CREATE_ANSWER_LOST, ANSWER_LOST -> {
                attempt(operation, call);
                yield LOST;
            }
            case CREATE_ANSWER_LATE -> {
                cloud.works.later(Duration.ofSeconds(strike.seconds()), ignored -> attempt(operation, call));
                yield LOST;
            }
            case DELETE_TAKES_MINUTES -> {
                cloud.works.later(Duration.ofSeconds(strike.seconds()), ignored -> attempt(operation, call));
                yield Answer.noContent();
            }
            case DUPLICATE_CREATE -> {
                attempt(operation, call);
                yield operation.handler().answer(call);
            }
            case SNAPSHOT_GONE -> throw Refusal.unprocessable("You specified an invalid image for Droplet creation.");
            case DNS_ANSWERS_OLD -> {
                long since = cloud.domains.answerAsNow();
                cloud.works.later(Duration.ofSeconds(strike.seconds()), ignored -> cloud.domains.answerAgain(since));
                yield operation.handler().answer(call);
            }
        };
    }

    // Nobody hears of a refusal either when the answer is lost.
    private static void attempt(Operation operation, Call call) {
        try {
            operation.handler().answer(call);
        } catch (Refusal refusal) {
            LabLog.failure("do what an answer that was lost had been asked for: " + operation.title(), refusal);
        }
    }

    /** The names of the droplets that a call is about. */
    private List<String> names(Call call) {
        if (call.variables().containsKey("droplet")) {
            String id = call.text("droplet");
            return cloud.fleet.all().stream()
                    .filter(droplet -> Long.toString(droplet.id).equals(id))
                    .map(droplet -> droplet.name)
                    .toList();
        }
        if (!call.path().equals("/v2/droplets")) return List.of();
        if (call.body().has("names")) return call.list("names");
        return List.of(call.asked("name").orElse(call.body().path("name").asText("")));
    }

    private String known(String token) {
        boolean known = token.equals(cloud.settings.token()) || token.equals(cloud.settings.readOnlyToken());
        return known ? token : "";
    }
}
