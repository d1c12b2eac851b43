package dev.sluice.activities.cloud.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.api.CloudApiException.FailureKind;
import dev.sluice.activities.cloud.api.DropletRequest;
import dev.sluice.activities.cloud.client.CannedServer.Canned;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each answer of DigitalOcean, or of what stands before it, becomes: facts of client 2.17 turned into failures with a type. */
class DigitalOceanHttpClientTest {
    private static final String DROPLET = "{\"id\":560000001,\"name\":\"app-01\",\"status\":\"new\",\"locked\":true,"
            + "\"networks\":{\"v4\":[],\"v6\":[]},\"tags\":[\"sluice\"],\"created_at\":\"2026-11-22T10:00:00Z\"}";
    private static final String ACTION = "{\"id\":3169590176,\"type\":\"create\",\"status\":\"in-progress\"}";
    private static final String LINKED = "{\"droplet\":" + DROPLET + ",\"links\":{\"actions\":[{\"id\":3169590176,"
            + "\"rel\":\"create\",\"href\":\"https://api.digitalocean.com/v2/actions/3169590176\"}]}}";
    private static final DropletRequest WANTED = new DropletRequest(
            "app-01",
            "fra1",
            "s-1vcpu-1gb",
            "190000001",
            Optional.of("vpc-1"),
            List.of("aa:bb"),
            List.of("sluice"),
            "#!/bin/sh\n# zażółć –\n");

    private static final Question GET =
            new Question("get", cloud -> cloud.droplet(1).toString());
    private static final Question LIST =
            new Question("list", cloud -> cloud.findByTag("sluice").toString());
    private static final Question CREATE =
            new Question("create", cloud -> Long.toString(cloud.create(WANTED, Duration.ofSeconds(2))));
    private static final Question DELETE = new Question("delete", cloud -> {
        cloud.delete(560000001);
        return "deleted";
    });
    private static final Question POWER_OFF = new Question(
            "power off",
            cloud -> cloud.startAction(1, "power_off", Optional.empty()).toString());
    private static final Question EVENTS =
            new Question("events", cloud -> cloud.actions(1).toString());
    private static final Question EVENT =
            new Question("event", cloud -> cloud.event(5).toString());
    private static final Question SIZES =
            new Question("sizes", cloud -> cloud.catalog().sizes().toString());
    private static final Question ACCOUNT =
            new Question("account", cloud -> Integer.toString(cloud.catalog().dropletLimit()));
    private static final Question IMAGES =
            new Question("images", cloud -> cloud.imagesTagged("x").toString());
    private static final Question RECORDS = new Question(
            "records", cloud -> cloud.zones().addresses("hello.example", "www").toString());
    private static final Question ADD_RECORD = new Question("add record", cloud -> {
        cloud.zones().add("hello.example", "www", new Ipv4Address("203.0.113.9"), 30);
        return "added";
    });
    private static final Question TAG = new Question("tag", cloud -> {
        cloud.tag("x", CloudApi.ResourceKind.DROPLET, List.of(1L));
        return "tagged";
    });

    private CannedServer server;
    private DigitalOceanApi cloud;

    @BeforeEach
    void open() throws IOException {
        server = new CannedServer();
        cloud = open(server.address());
    }

    @AfterEach
    void close() {
        cloud.close();
        server.close();
    }

    private static DigitalOceanApi open(URI address) {
        return DigitalOceanApi.open(new CloudSettings(address, () -> "secret"), Clock.systemUTC());
    }

    record Question(String name, Function<DigitalOceanApi, String> ask) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** {@code expected} is a kind of failure, or what the answer has to contain. */
    record Case(String answer, Canned canned, Question question, Object expected) {
        @Override
        public String toString() {
            return question + ": " + answer + " is " + expected;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAnAnswerOrFailsWithAType(Case test) {
        server.answers(test.canned);

        String came = outcome(test.question);

        if (test.expected instanceof FailureKind kind) {
            assertThat(came).isEqualTo(kind.name());
        } else {
            assertThat(came).contains(test.expected.toString());
        }
        assertThat(server.journal).as("no request is sent twice").hasSize(1);
    }

    private String outcome(Question question) {
        try {
            return question.ask.apply(cloud);
        } catch (CloudApiException failure) {
            return failure.kind().name();
        }
    }

    static Stream<Case> cases() {
        return Stream.of(refusals(), transport(), bodies(), numbers()).flatMap(cases -> cases);
    }

    private static Stream<Case> refusals() {
        return Stream.of(
                on("401", Canned.of(401, error("Unauthorized", "Unable to authenticate you")), GET, FailureKind.DENIED),
                on("403", Canned.of(403, error("Forbidden", "You are not authorized")), CREATE, FailureKind.DENIED),
                on("404", Canned.of(404, error("not_found", "not found")), GET, "Optional.empty"),
                on("404 of a deletion", Canned.of(404, error("not_found", "not found")), DELETE, "deleted"),
                on("409", Canned.of(409, error("conflict", "conflict")), GET, FailureKind.REFUSED),
                on("400", Canned.of(400, error("bad_request", "no")), CREATE, FailureKind.REFUSED),
                on(
                        "422 limit",
                        unprocessable("creating this/these droplet(s) will exceed your droplet limit"),
                        CREATE,
                        FailureKind.QUOTA),
                on("422 event", unprocessable("Droplet already has a pending event."), POWER_OFF, FailureKind.PENDING),
                on("422 blocking", unprocessable("blocking events processing"), DELETE, FailureKind.PENDING),
                on("422 other", unprocessable("invalid image"), CREATE, FailureKind.REFUSED),
                on(
                        "429",
                        Canned.of(429, error("too_many_requests", "limit")).with("Retry-After: 3"),
                        GET,
                        FailureKind.BUSY),
                on("429 of Cloudflare", Canned.of(429, "error code: 1015"), GET, FailureKind.BUSY),
                on("500", Canned.of(500, error("server_error", "Unexpected")), GET, FailureKind.SILENT),
                on("500", Canned.of(500, error("server_error", "Unexpected")), CREATE, FailureKind.UNCLEAR),
                on("502 html", Canned.of(502, "<html>Bad gateway</html>"), GET, FailureKind.SILENT),
                on("502 html", Canned.of(502, "<html>Bad gateway</html>"), DELETE, FailureKind.UNCLEAR),
                on("503 empty", Canned.of(503, ""), GET, FailureKind.SILENT),
                on("503 without id", Canned.of(503, "{\"message\":\"maintenance\"}"), GET, FailureKind.SILENT),
                on("504 id null", Canned.of(504, "{\"id\":null,\"message\":\"x\"}"), ACCOUNT, FailureKind.SILENT),
                on("520 html", Canned.of(520, "<html/>"), GET, FailureKind.SILENT),
                on("520 html", Canned.of(520, "<html/>"), LIST, FailureKind.SILENT),
                on("520 html", Canned.of(520, "<html/>"), ACCOUNT, FailureKind.SILENT),
                on("522", Canned.of(522, "<html/>"), CREATE, FailureKind.UNCLEAR),
                on("302", Canned.of(302, "").with("Location: https://example.invalid/"), GET, FailureKind.SILENT));
    }

    private static Stream<Case> transport() {
        return Stream.of(
                on("no answer", Canned.of(0, ""), GET, FailureKind.SILENT),
                on("no answer", Canned.of(0, ""), CREATE, FailureKind.UNCLEAR),
                on("no answer", Canned.of(0, ""), DELETE, FailureKind.UNCLEAR),
                on("no answer", Canned.of(0, ""), ADD_RECORD, FailureKind.UNCLEAR),
                on("no answer", Canned.of(0, ""), TAG, FailureKind.UNCLEAR),
                on("a trickle", Canned.of(202, LINKED).trickling(100), CREATE, FailureKind.UNCLEAR));
    }

    private static Stream<Case> bodies() {
        return Stream.of(
                on("unknown fields", Canned.of(200, "{\"droplet\":" + DROPLET + ",\"new\":{}}"), GET, "560000001"),
                on(
                        "unknown status",
                        Canned.of(200, "{\"droplet\":" + DROPLET.replace("\"new\"", "\"hibernated\"") + "}"),
                        GET,
                        "hibernated"),
                on(
                        "unknown words",
                        Canned.of(200, "{\"action\":{\"id\":5,\"status\":\"queued\",\"type\":\"vpc_migrate\"}}"),
                        EVENT,
                        "queued"),
                on(
                        "fractions of a second",
                        Canned.of(200, "{\"droplet\":" + DROPLET.replace("00Z", "00.123Z") + "}"),
                        GET,
                        "10:00:00.123Z"),
                on(
                        "no date",
                        Canned.of(200, "{\"droplet\":" + DROPLET.replace("2026-11-22T10:00:00Z", "soon") + "}"),
                        GET,
                        FailureKind.SILENT),
                on("200 html", Canned.of(200, "<html>hi</html>"), GET, FailureKind.SILENT),
                on("200 empty", Canned.of(200, ""), GET, FailureKind.SILENT),
                on("200 empty", Canned.of(200, ""), LIST, FailureKind.SILENT),
                on("202 empty", Canned.of(202, ""), CREATE, FailureKind.UNCLEAR),
                on("{}", Canned.of(200, "{}"), GET, FailureKind.SILENT),
                on("{}", Canned.of(202, "{}"), CREATE, FailureKind.UNCLEAR),
                on("{}", Canned.of(200, "{}"), LIST, FailureKind.SILENT),
                on("{}", Canned.of(200, "{}"), ACCOUNT, FailureKind.SILENT),
                on("cut off", Canned.of(200, "{\"droplets\":[{\"id\":5600"), LIST, FailureKind.SILENT),
                on(
                        "reset not a number",
                        Canned.of(200, "{\"account\":{\"droplet_limit\":25}}")
                                .with("RateLimit-Limit: 5000")
                                .with("RateLimit-Remaining: 400")
                                .with("RateLimit-Reset: soon"),
                        ACCOUNT,
                        "25"));
    }

    private static Stream<Case> numbers() {
        return Stream.of(
                on("action beyond 2^31", Canned.of(202, LINKED), CREATE, "560000001"),
                on(
                        "action beyond 2^32",
                        Canned.of(202, LINKED.replace("3169590176", "5169590176")),
                        CREATE,
                        "560000001"),
                on("action beyond 2^31", Canned.of(201, "{\"action\":" + ACTION + "}"), POWER_OFF, "3169590176"),
                on("action beyond 2^31", Canned.of(200, "{\"action\":" + ACTION + "}"), EVENT, "3169590176"),
                on("action beyond 2^31", Canned.of(200, "{\"actions\":[" + ACTION + "]}"), EVENTS, "3169590176"),
                on(
                        "half a terabyte",
                        Canned.of(
                                200,
                                "{\"sizes\":[{\"slug\":\"s-1\",\"disk\":10,\"transfer\":0.5,\"price_hourly\":0.00595,\"regions\":[\"fra1\"]}]}"),
                        SIZES,
                        "0.00595"),
                on(
                        "image",
                        Canned.of(
                                200,
                                "{\"images\":[{\"id\":190000001,\"name\":\"t\",\"type\":\"base\",\"status\":\"available\",\"min_disk_size\":25,\"regions\":[\"fra1\"],\"tags\":[\"sluice\"]}]}"),
                        IMAGES,
                        "190000001"),
                on(
                        "record beyond 2^31",
                        Canned.of(
                                200,
                                "{\"domain_records\":[{\"id\":2147483649,\"type\":\"A\",\"name\":\"www\",\"data\":\"203.0.113.9\",\"ttl\":60}]}"),
                        RECORDS,
                        "2147483649"),
                on(
                        "record beyond 2^31",
                        Canned.of(
                                201,
                                "{\"domain_record\":{\"id\":2147483649,\"type\":\"A\",\"name\":\"www\",\"data\":\"203.0.113.9\",\"ttl\":60}}"),
                        ADD_RECORD,
                        "added"));
    }

    private static Case on(String answer, Canned canned, Question question, Object expected) {
        return new Case(answer, canned, question, expected);
    }

    private static Canned unprocessable(String message) {
        return Canned.of(422, error("unprocessable_entity", message));
    }

    private static String error(String id, String message) {
        return "{\"id\":\"%s\",\"message\":\"%s\"}".formatted(id, message);
    }

    @Test
    void tricklingAnswerOfACreateTimesOut() {
        server.answers(Canned.of(202, LINKED).trickling(500));
        Instant began = Instant.now();

        CloudApiException failure =
                catchThrowableOfType(CloudApiException.class, () -> cloud.create(WANTED, Duration.ofMillis(700)));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNCLEAR);
        assertThat(failure).hasMessageContaining("no complete answer within 700 ms");
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void closedPortIsNoAnswer() {
        URI address = server.address();
        server.close();
        try (DigitalOceanApi alone = open(address)) {
            CloudApiException failure = catchThrowableOfType(CloudApiException.class, () -> alone.droplet(1));
            assertThat(failure.kind()).isEqualTo(FailureKind.SILENT);
        }
    }

    @Test
    void allRequestsWaitAsDigitalOceanAsks() {
        server.answers(Canned.of(429, error("too_many_requests", "limit")).with("Retry-After: 29"));
        assertThat(outcome(GET)).isEqualTo(FailureKind.BUSY.name());

        CloudApiException second = catchThrowableOfType(CloudApiException.class, () -> cloud.findByTag("sluice"));

        assertThat(server.journal).hasSize(1);
        assertThat(second.waitingTime().orElseThrow()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(29));
        assertThat(second.toApplicationFailure().getType()).isEqualTo(FailureType.CLOUD_BUSY.name());
        assertThat(second.toApplicationFailure().getNextRetryDelay())
                .isEqualTo(second.waitingTime().orElseThrow());
    }

    @Test
    void dropsTheFullStopOfTheApi() {
        server.answers(Canned.of(429, error("too_many_requests", "API Rate limit exceeded."))
                .with("x-request-id: req-7"));

        CloudApiException failure = catchThrowableOfType(CloudApiException.class, () -> cloud.droplet(1));

        assertThat(failure).hasMessageEndingWith(" with 429: API Rate limit exceeded, request req-7");
    }

    @Test
    void denialNamesRequestScopeAndRequestId() {
        server.answers(
                Canned.of(403, error("Forbidden", "You are not authorized")).with("x-request-id: req-7"));

        CloudApiException failure =
                catchThrowableOfType(CloudApiException.class, () -> cloud.create(WANTED, Duration.ofSeconds(2)));

        assertThat(failure)
                .hasMessageContaining("POST /v2/droplets")
                .hasMessageContaining("403")
                .hasMessageContaining("req-7")
                .hasMessageContaining("droplet:create");
    }

    @Test
    void createSendsNetworkTagsAndUnicodeUserData() {
        server.answers(Canned.of(202, LINKED));

        cloud.create(WANTED, Duration.ofSeconds(2));

        assertThat(server.bodies.get(0))
                .contains("\"with_droplet_agent\":false")
                .contains("\"vpc_uuid\":\"vpc-1\"", "\"image\":190000001", "\"tags\":[\"sluice\"]")
                .contains("\"ssh_keys\":[\"aa:bb\"]", "za\\u017c\\u00f3\\u0142\\u0107 \\u2013");
    }

    @Test
    void rejectsPlainHttpBeyondLoopback() {
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class,
                        () -> new CloudSettings(URI.create("http://api.example"), () -> "secret")))
                .hasMessageContaining("https, or http to loopback");
    }
}
