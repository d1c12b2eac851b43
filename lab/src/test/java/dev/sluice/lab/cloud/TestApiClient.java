package dev.sluice.lab.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A simple client of the API; the specification validates every response. */
final class TestApiClient {
    /** A response; json is missing without a body. */
    record ReceivedResponse(int status, HttpHeaders headers, JsonNode json) {
        String message() {
            return json.path("message").asText();
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String token;
    private boolean dangerous;

    TestApiClient(String url, String token) {
        this.url = url;
        this.token = token;
    }

    TestApiClient with(String otherToken) {
        return new TestApiClient(url, otherToken);
    }

    /** Returns a client that sends {@code X-Dangerous: true}. */
    TestApiClient dangerously() {
        TestApiClient api = new TestApiClient(url, token);
        api.dangerous = true;
        return api;
    }

    ReceivedResponse get(String path) {
        return send("GET", path, "");
    }

    ReceivedResponse post(String path, String body) {
        return send("POST", path, body);
    }

    ReceivedResponse put(String path, String body) {
        return send("PUT", path, body);
    }

    ReceivedResponse patch(String path, String body) {
        return send("PATCH", path, body);
    }

    ReceivedResponse delete(String path) {
        return send("DELETE", path, "");
    }

    ReceivedResponse delete(String path, String body) {
        return send("DELETE", path, body);
    }

    /** Replaces single quotes by double ones, which keeps JSON in tests readable. */
    ReceivedResponse send(String method, String path, String quoted) {
        String body = quoted.replace('\'', '"');
        HttpResponse<String> answer = exchange(method, path, body);
        if (path.startsWith("/v2/")) {
            OpenApiSpecification.instance()
                    .ifPresent(specification ->
                            specification.check(method, path, body, answer.statusCode(), answer.body()));
        }
        return new ReceivedResponse(answer.statusCode(), answer.headers(), parse(answer.body()));
    }

    private HttpResponse<String> exchange(String method, String path, String body) {
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, publisher);
        if (dangerous) {
            request.header("X-Dangerous", "true");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static JsonNode parse(String body) {
        if (body.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException failure) {
            throw new AssertionError("The answer is not JSON: " + body, failure);
        }
    }
}
