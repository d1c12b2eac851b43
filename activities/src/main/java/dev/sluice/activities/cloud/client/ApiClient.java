package dev.sluice.activities.cloud.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.myjeeva.digitalocean.exception.DigitalOceanException;
import com.myjeeva.digitalocean.exception.RequestUnsuccessfulException;
import com.myjeeva.digitalocean.impl.DigitalOceanClient;
import dev.sluice.activities.cloud.api.CloudApiException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.client.utils.URIBuilder;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.util.EntityUtils;
import org.jspecify.annotations.Nullable;

/** Sends requests with client 2.17, or directly where it lacks one, through one HTTP client; each ends with an answer or a typed failure. */
final class ApiClient {
    private static final String PAGE = "200";
    private static final URI BASE = URI.create("https://api.digitalocean.com");

    private final DigitalOceanClient client;
    private final DigitalOceanHttpClient wire;
    private final RateLimiter budget;

    ApiClient(DigitalOceanHttpClient wire, RateLimiter budget) {
        // The HTTP client replaces this token by the current one, since client 2.17 keeps its first token.
        this.client = new DigitalOceanClient("v2", "replaced-by-the-wire", wire);
        this.wire = wire;
        this.budget = budget;
    }

    /** A request of client 2.17. */
    interface ClientCall<T extends @Nullable Object> {
        @Nullable
        T call(DigitalOceanClient client) throws DigitalOceanException, RequestUnsuccessfulException, IOException;
    }

    /** Sends a request with client 2.17; {@code title}, such as {@code POST /v2/droplets}, names it in messages. */
    <T> T sendWithClient(String title, ClientCall<T> request) {
        budget.admit().ifPresent(wait -> {
            throw new CloudApiException(
                    CloudApiException.FailureKind.BUSY,
                    "DigitalOcean's rate limit for the token is reached or near: %s was not sent, retry in %d s"
                            .formatted(title, wait.toSeconds() + 1),
                    wait,
                    null);
        });
        try {
            T answer = request.call(client);
            if (answer == null) {
                throw DigitalOceanErrors.unreadable(title, "its answer could not be read", null);
            }
            return answer;
        } catch (DigitalOceanException refused) {
            throw DigitalOceanErrors.toException(
                    title,
                    refused.getHttpStatusCode(),
                    String.valueOf(refused.getMessage()),
                    wire.lastHeaders(),
                    refused);
        } catch (RequestUnsuccessfulException | IOException lost) {
            throw DigitalOceanErrors.unreadable(title, reason(lost), lost);
        } catch (CloudApiException failure) {
            throw failure;
        } catch (RuntimeException odd) {
            throw DigitalOceanErrors.unreadable(title, odd.toString(), odd);
        }
    }

    <T> T within(Duration time, String title, ClientCall<T> request) {
        return wire.within(time, () -> sendWithClient(title, request));
    }

    /** Reads one object of the API; empty if it does not exist. */
    <T> Optional<T> find(String path, String name, Function<JsonObject, T> reader) {
        try {
            return Optional.of(readOne("GET", path, null, name, reader));
        } catch (CloudApiException failure) {
            if (failure.kind() == CloudApiException.FailureKind.ABSENT) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Reads the object of that name from the answer to a request. */
    <T> T readOne(String verb, String path, @Nullable JsonObject body, String name, Function<JsonObject, T> reader) {
        JsonObject answer = send(verb, path, Map.of(), body);
        return read(verb + " " + path, name, () -> reader.apply(answer.getAsJsonObject(name)));
    }

    /** Reads all elements of a list from all of its pages. */
    <T> List<T> readAll(String path, Map<String, String> filter, String name, Function<JsonObject, T> reader) {
        List<T> found = new ArrayList<>();
        for (int page = 1; ; page++) {
            JsonObject answer = page(path, filter, page);
            found.addAll(elements(path, answer, name, reader));
            if (!hasNext(answer)) {
                return found;
            }
        }
    }

    /** Reads the first page of a list. */
    <T> List<T> firstOf(String path, String name, Function<JsonObject, T> reader) {
        return elements(path, page(path, Map.of(), 1), name, reader);
    }

    private JsonObject page(String path, Map<String, String> filter, int page) {
        Map<String, String> query = new TreeMap<>(filter);
        query.put("page", Integer.toString(page));
        query.put("per_page", PAGE);
        return send("GET", path, query, null);
    }

    private static <T> List<T> elements(String path, JsonObject answer, String name, Function<JsonObject, T> reader) {
        return read("GET " + path, name, () -> elements(answer.getAsJsonArray(name), reader));
    }

    /** Returns the number of elements of a list. */
    int count(String path) {
        JsonObject answer = send("GET", path, Map.of("per_page", "1"), null);
        return read(
                "GET " + path,
                "meta",
                () -> answer.getAsJsonObject("meta").get("total").getAsInt());
    }

    /** Sends a change that client 2.17 lacks, or whose answer it cannot hold. */
    JsonObject change(String verb, String path, @Nullable JsonObject body) {
        return send(verb, path, Map.of(), body);
    }

    JsonObject send(String verb, String path, Map<String, String> query, @Nullable JsonObject body) {
        String title = verb + " " + path;
        return sendWithClient(title, unused -> {
            RequestBuilder request = RequestBuilder.create(verb).setUri(address(path, query));
            if (body != null) {
                request.setEntity(new StringEntity(body.toString(), ContentType.APPLICATION_JSON));
            }
            HttpClientContext context = HttpClientContext.create();
            context.setAttribute(DigitalOceanHttpClient.EXACT, true);
            try (CloseableHttpResponse response = wire.execute(request.build(), context)) {
                return read(title, response);
            }
        });
    }

    private JsonObject read(String title, CloseableHttpResponse response) throws IOException {
        int status = response.getStatusLine().getStatusCode();
        if (status == 204) {
            return new JsonObject();
        }
        JsonObject answer = JsonParser.parseString(EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8))
                .getAsJsonObject();
        if (status >= 300) {
            throw DigitalOceanErrors.toException(
                    title, status, answer.get("message").getAsString(), wire.lastHeaders(), null);
        }
        return answer;
    }

    /** Reads an answer; one that cannot be read counts as no answer. */
    private static <T> T read(String title, String name, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (RuntimeException odd) {
            throw DigitalOceanErrors.unreadable(title, "its answer has no readable '%s'".formatted(name), odd);
        }
    }

    private static <T> List<T> elements(JsonArray list, Function<JsonObject, T> reader) {
        List<T> elements = new ArrayList<>();
        list.forEach(element -> elements.add(reader.apply(element.getAsJsonObject())));
        return elements;
    }

    private static boolean hasNext(JsonObject answer) {
        return answer.get("links") instanceof JsonObject links
                && links.get("pages") instanceof JsonObject pages
                && pages.has("next");
    }

    private static URI address(String path, Map<String, String> query) {
        try {
            URIBuilder address = new URIBuilder(BASE).setPath(path);
            query.forEach(address::setParameter);
            return address.build();
        } catch (URISyntaxException broken) {
            throw new IllegalArgumentException(path + " is not a path", broken);
        }
    }

    private static String reason(Exception lost) {
        Throwable cause =
                lost.getCause() == null || !(lost instanceof RequestUnsuccessfulException) ? lost : lost.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
