package dev.sluice.lab.cloud;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.SimpleValidationReportFormat;
import com.atlassian.oai.validator.report.ValidationReport;
import dev.sluice.lab.api.ApiOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Validates requests and responses against DigitalOcean's specification, whose file SLUICE_OPENAPI names. */
final class OpenApiSpecification {
    private static final String UNKNOWN_PATH = "validation.request.path.missing";
    private static final String UNKNOWN_METHOD = "validation.request.operation.notAllowed";
    private static final Optional<OpenApiSpecification> INSTANCE = load();

    private final OpenApiInteractionValidator validator;
    private final Set<String> outside = new TreeSet<>();

    private OpenApiSpecification(Path file) throws IOException {
        LevelResolver levels = LevelResolver.create()
                .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                .withLevel("validation.request.body.schema.additionalProperties", ValidationReport.Level.IGNORE)
                .withLevel("validation.response.body.schema.additionalProperties", ValidationReport.Level.IGNORE)
                .build();
        this.validator = OpenApiInteractionValidator.createForInlineApiSpecification(NormalizedSpecification.of(file))
                .withLevelResolver(levels)
                .build();
    }

    /** DigitalOcean documents it; the specification that is kept here lacks it. */
    private static final String RESERVED_IPS = "/v2/reserved_ips";

    static Optional<OpenApiSpecification> instance() {
        return INSTANCE;
    }

    /** Fails with the violations; records operations that the file lacks. */
    synchronized void check(String method, String pathAndQuery, String body, int status, String answer) {
        SimpleRequest.Builder request = request(method, pathAndQuery, body);
        SimpleResponse.Builder response = response(status, answer);
        // A refused request is often invalid on purpose: then only its response must be valid.
        ValidationReport report = status < 300
                ? validator.validate(request.build(), response.build())
                : validator.validateResponse(path(pathAndQuery), Method.valueOf(method), response.build());
        if (isOutside(report)) {
            remember(method + " " + path(pathAndQuery));
        } else {
            refuse(report, method, pathAndQuery, body, status, answer);
        }
    }

    /** Validates request and response, whatever the status; 0 is no response. */
    synchronized void checkBoth(String method, String pathAndQuery, String body, int status, String answer) {
        SimpleRequest request = request(method, pathAndQuery, body).build();
        ValidationReport report = status == 0
                ? validator.validateRequest(request)
                : validator.validate(request, response(status, answer).build());
        if (isOutside(report) && path(pathAndQuery).startsWith(RESERVED_IPS)) {
            remember(method + " " + RESERVED_IPS);
            return;
        }
        refuse(report, method, pathAndQuery, body, status, answer);
    }

    private static void refuse(
            ValidationReport report, String method, String pathAndQuery, String body, int status, String answer) {
        if (report.getMessages().stream().anyMatch(OpenApiSpecification::counts)) {
            throw new AssertionError("%s %s %s answered %d %s, which is not what the specification says: %s"
                    .formatted(
                            method,
                            pathAndQuery,
                            body,
                            status,
                            answer,
                            SimpleValidationReportFormat.getInstance().apply(report)));
        }
    }

    private static SimpleResponse.Builder response(int status, String answer) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(status);
        return answer.isEmpty()
                ? response
                : response.withContentType("application/json; charset=utf-8").withBody(answer);
    }

    private void remember(String operation) {
        if (outside.add(operation)) {
            System.out.println("Not in the specification, so not validated: " + operation);
        }
    }

    synchronized Set<String> outside() {
        return Set.copyOf(outside);
    }

    private static boolean isOutside(ValidationReport report) {
        return report.getMessages().stream()
                .anyMatch(message -> message.getKey().equals(UNKNOWN_PATH)
                        || message.getKey().equals(UNKNOWN_METHOD));
    }

    // The validator reads a path's "number or text" as JSON only, which makes every slug and fingerprint an error.
    private static boolean counts(ValidationReport.Message message) {
        if (message.getLevel() != ValidationReport.Level.ERROR) {
            return false;
        }
        return !(message.getKey().equals("validation.request.parameter.schema.invalidJson")
                && message.getMessage().startsWith("Unable to parse JSON"));
    }

    private static SimpleRequest.Builder request(String method, String pathAndQuery, String body) {
        SimpleRequest.Builder request =
                new SimpleRequest.Builder(method, path(pathAndQuery)).withAuthorization("Bearer any");
        // Operations that need it refuse requests without it, and only successful requests are validated.
        if (pathAndQuery.endsWith("/dangerous")) {
            request.withHeader("X-Dangerous", "true");
        }
        int question = pathAndQuery.indexOf('?');
        if (question >= 0) {
            for (String pair : pathAndQuery.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                request.withQueryParam(pair.substring(0, equals), ApiOperation.decode(pair.substring(equals + 1)));
            }
        }
        return body.isEmpty()
                ? request
                : request.withContentType("application/json").withBody(body);
    }

    private static String path(String pathAndQuery) {
        int question = pathAndQuery.indexOf('?');
        return question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
    }

    private static Optional<OpenApiSpecification> load() {
        String file = System.getenv("SLUICE_OPENAPI");
        try {
            if (file != null && !file.isBlank()) {
                return Optional.of(new OpenApiSpecification(Path.of(file)));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("SLUICE_OPENAPI names %s, which cannot be read".formatted(file), failure);
        }
        System.out.println(
                "SLUICE_OPENAPI is not set: the lab's answers are not held against DigitalOcean's specification,"
                        + " which is at https://github.com/digitalocean/openapi");
        return Optional.empty();
    }
}
