package dev.sluice.lab.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.LabLog;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.cloud.LabCloud;
import dev.sluice.lab.fault.DeclaredFaults;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Answers every request under /v2: token, rate limit, route, faults and headers. */
final class ApiRouter {
    private static final ApiResponse LOST = new ApiResponse(0, null, 0);

    private final LabCloud cloud;
    private final RequestJournal journal;
    private final Map<String, RateLimit> quotas = new HashMap<>();

    ApiRouter(LabCloud cloud, RequestJournal journal) {
        this.cloud = cloud;
        this.journal = journal;
    }

    HttpReply handle(LabRequest request) {
        String requestId = UUID.randomUUID().toString();
        HttpReply reply = cloud.withLock(() -> {
            RateLimit quota = quotas.computeIfAbsent(known(request.token()), token -> new RateLimit(cloud.settings()));
            ApiResponse answer = answer(request, quota, requestId);
            Map<String, String> headers = new HashMap<>(quota.headers(cloud.now(), answer.status()));
            headers.put("x-request-id", requestId);
            if (!request.method().equals("GET")) {
                cloud.reconcileFirewalls();
            }
            return HttpReply.of(answer, headers);
        });
        RequestJournal.JournalLine line =
                new RequestJournal.JournalLine(request.method(), request.pathAndQuery(), reply.status(), cloud.now());
        journal.add(line);
        return reply;
    }

    private ApiResponse answer(LabRequest request, RateLimit quota, String requestId) {
        try {
            if (known(request.token()).isEmpty()) {
                throw ApiErrorException.unauthorized();
            }
            quota.consume(cloud.now());
            return answer(request);
        } catch (ApiErrorException refusal) {
            return refusal.answer(requestId);
        } catch (RuntimeException failure) {
            LabLog.failure("answer %s %s".formatted(request.method(), request.path()), failure);
            return new ApiErrorException(500, "server_error", "Unexpected server-side error", 0).answer(requestId);
        }
    }

    private ApiResponse answer(LabRequest request) {
        for (ApiOperation operation : cloud.operations()) {
            Optional<Map<String, String>> variables = operation.match(request.method(), request.path());
            if (variables.isPresent()) {
                return answer(operation, variables.get(), request);
            }
        }
        LabLog.unknown(request.method(), request.path());
        throw ApiErrorException.notFound();
    }

    private ApiResponse answer(ApiOperation operation, Map<String, String> variables, LabRequest request) {
        if (!operation.isReadOnly() && !request.token().equals(cloud.settings().token())) {
            throw ApiErrorException.forbidden("You are not authorized to perform this operation");
        }
        ObjectNode body = operation.isReadOnly() ? ApiJson.object() : ApiJson.parse(request.body());
        RoutedRequest call = new RoutedRequest(
                request.base(), request.path(), variables, request.parameters(), body, request.dangerous());
        Optional<DeclaredFaults.FaultStrike> strike = cloud.strike(operation, call);
        return strike.isEmpty() ? operation.handler().answer(call) : applyStrike(operation, call, strike.get());
    }

    private ApiResponse applyStrike(ApiOperation operation, RoutedRequest call, DeclaredFaults.FaultStrike strike) {
        return switch (strike.fault()) {
            case TOO_MANY_REQUESTS -> throw ApiErrorException.tooManyRequests(strike.seconds());
            case ERROR_BEFORE, DELETE_FAILS -> throw ApiErrorException.unavailable();
            case ERROR_AFTER -> {
                operation.handler().answer(call);
                throw ApiErrorException.unavailable();
            }
            case CREATE_ANSWER_LOST, ANSWER_LOST -> {
                attempt(operation, call);
                yield LOST;
            }
            case CREATE_ANSWER_LATE -> {
                cloud.schedule(strike.seconds(), () -> attempt(operation, call));
                yield LOST;
            }
            case DELETE_TAKES_MINUTES -> {
                cloud.schedule(strike.seconds(), () -> attempt(operation, call));
                yield ApiResponse.noContent();
            }
            case DUPLICATE_CREATE -> {
                attempt(operation, call);
                yield operation.handler().answer(call);
            }
            case SNAPSHOT_GONE ->
                throw ApiErrorException.unprocessable("You specified an invalid image for Droplet creation.");
            case DNS_ANSWERS_OLD -> {
                cloud.freezeDns(strike.seconds());
                yield operation.handler().answer(call);
            }
        };
    }

    // A refusal is lost together with its answer.
    private static void attempt(ApiOperation operation, RoutedRequest call) {
        try {
            operation.handler().answer(call);
        } catch (ApiErrorException refusal) {
            LabLog.failure("finish a request whose answer was lost: " + operation.title(), refusal);
        }
    }

    private String known(String token) {
        boolean known = token.equals(cloud.settings().token())
                || token.equals(cloud.settings().readOnlyToken());
        return known ? token : "";
    }
}
