package dev.sluice.activities.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.workflows.model.check.RegistryAnswer;
import dev.sluice.workflows.model.check.RegistryAnswer.RegistryOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that a registry may answer, answered by a real HTTP server on loopback. */
class RdapClientTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final ExpiryLimits LIMITS = new ExpiryLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), 8);
    private static final String EVENTS = """
            [{"eventAction":"registration","eventDate":"2001-05-01T00:00:00Z"},
             {"eventAction":"expiration","eventDate":"%s"},
             {"eventAction":"registrar expiration","eventDate":"2030-05-01T00:00:00+02:00"}]""";

    private final RdapClient registries = new RdapClient(LIMITS, Clock.fixed(NOW, ZoneOffset.UTC));
    private final ConcurrentHashMap<String, Integer> asked = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void serves() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void ends() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private String at(String path) {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int times = asked.merge(path, 1, Integer::sum);
        String name = path.substring(path.lastIndexOf('/') + 1);
        switch (path) {
            case "/dns.json" -> json(exchange, 200, """
                        {"version":"1.0","services":[
                          [["test"],["%s"]], [["co.test"],["%s"]],
                          [["safe"],["http://plain.example/","https://safe.example"]]]}""".formatted(at("/rdap/"), at("/co")));
            case "/rdap/domain/ok.test" -> domain(exchange, "OK.TEST.", "2027-01-10T04:00:00.123Z");
            case "/rdap/domain/offset.test" -> domain(exchange, name, "2027-01-10T04:00:00+02:00");
            case "/rdap/domain/loose.test" -> domain(exchange, name, "2027-01-10 04:00:00");
            case "/rdap/domain/day.test" -> domain(exchange, name, "2027-01-10");
            case "/rdap/domain/undated.test" -> domain(exchange, name, "soon");
            case "/co/domain/shop.co.test" -> domain(exchange, name, "2028-01-10T04:00:00Z");
            case "/rdap/domain/moved.test" -> {
                exchange.getResponseHeaders().add("Location", at("/new/domain/moved.test"));
                send(exchange, 302, "text/plain", "");
            }
            case "/new/domain/moved.test" -> domain(exchange, name, "2027-01-10T04:00:00Z");
            case "/rdap/domain/round.test" -> {
                exchange.getResponseHeaders().add("Location", at(path));
                send(exchange, 302, "text/plain", "");
            }
            case "/rdap/domain/noexp.test" -> json(exchange, 200, "{\"ldhName\":\"noexp.test\",\"events\":[]}");
            case "/rdap/domain/held.test" ->
                json(
                        exchange,
                        200,
                        "{\"ldhName\":\"held.test\",\"status\":[\"redemption period\"],\"events\":%s}"
                                .formatted(EVENTS.formatted("2029-01-10T04:00:00Z")));
            case "/rdap/domain/busy.test" -> {
                exchange.getResponseHeaders().add("Retry-After", "3600");
                json(exchange, 429, "{\"errorCode\":429}");
            }
            case "/rdap/domain/until.test" -> {
                exchange.getResponseHeaders().add("Retry-After", "Sun, 22 Nov 2026 14:00:00 GMT");
                json(exchange, 503, "");
            }
            case "/rdap/domain/once.test" -> {
                if (times == 1) {
                    exchange.getResponseHeaders().add("Retry-After", "0");
                    json(exchange, 429, "{}");
                } else {
                    domain(exchange, name, "2027-01-10T04:00:00Z");
                }
            }
            case "/rdap/domain/html.test" -> send(exchange, 200, "text/html", "<html>captcha</html>");
            case "/rdap/domain/lost.test" -> send(exchange, 404, "text/html", "<html>not here</html>");
            case "/rdap/domain/broken.test" -> json(exchange, 200, "{\"ldhName\":");
            case "/rdap/domain/other.test" -> domain(exchange, "another.test", "2027-01-10T04:00:00Z");
            case "/rdap/domain/failing.test" -> json(exchange, 500, "{}");
            case "/rdap/domain/silent.test" -> hang();
            case "/rdap/domain/dripping.test" -> {
                exchange.getResponseHeaders().add("Content-Type", "application/rdap+json");
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                hang();
            }
            default -> json(exchange, 404, "{\"errorCode\":404}");
        }
        exchange.close();
    }

    private void hang() {
        try {
            boolean ended = over.await(30, TimeUnit.SECONDS);
            assert ended : "no test takes that long";
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static void domain(HttpExchange exchange, String name, String until) throws IOException {
        json(
                exchange,
                200,
                "{\"objectClassName\":\"domain\",\"ldhName\":\"%s\",\"status\":[\"active\"],\"events\":%s}"
                        .formatted(name, EVENTS.formatted(until)));
    }

    private static void json(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, "application/rdap+json; charset=utf-8", body);
    }

    private static void send(HttpExchange exchange, int status, String kind, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", kind);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private RegistryAnswer ask(String domain) {
        return registries.ask(List.of(domain), at("/dns.json")).get(0);
    }

    private Instant until(String domain) {
        RegistryAnswer answer = ask(domain);
        assertThat(answer.outcome()).isEqualTo(RegistryOutcome.DATE);
        assertThat(answer.heard()).contains(NOW);
        return answer.until().orElseThrow();
    }

    private String trouble(String domain) {
        RegistryAnswer answer = ask(domain);
        return answer.outcome() + " " + answer.says();
    }

    @Test
    void readsTheExpirationOfTheRegistry() {
        assertThat(until("ok.test")).isEqualTo("2027-01-10T04:00:00.123Z");
        assertThat(until("offset.test")).isEqualTo("2027-01-10T02:00:00Z");
        assertThat(until("loose.test")).isEqualTo("2027-01-10T04:00:00Z");
        assertThat(until("day.test")).isEqualTo("2027-01-10T00:00:00Z");
        assertThat(trouble("undated.test")).isEqualTo("UNREADABLE names 'soon' as expiration, which is no date");
    }

    @Test
    void usesTheLongestMatchAndAddsAMissingSlash() {
        assertThat(until("shop.co.test")).isEqualTo("2028-01-10T04:00:00Z");
        assertThat(asked).containsKey("/co/domain/shop.co.test");
    }

    @Test
    void prefersHttps() throws IOException {
        RdapBootstrap list = RdapBootstrap.read(new RdapHttpClient(LIMITS), at("/dns.json"));

        assertThat(list.serverOf("hello.safe")).contains("https://safe.example/");
        assertThat(list.serverOf("unsafe")).isEmpty();
    }

    @Test
    void followsALimitedNumberOfRedirects() {
        assertThat(until("moved.test")).isEqualTo("2027-01-10T04:00:00Z");
        assertThat(trouble("round.test")).startsWith("UNREADABLE ");
    }

    @Test
    void returnsTheStatesOfADomain() {
        assertThat(ask("held.test").states()).containsExactly("redemption period");
    }

    @Test
    void distinguishesTheReasonsForAMissingDate() {
        assertThat(trouble("noexp.test")).isEqualTo("NO_DATE names no expiration");
        assertThat(trouble("gone.test")).isEqualTo("NOT_REGISTERED has no such domain (404)");
        assertThat(trouble("hello.zz")).isEqualTo("NO_SERVER its registry offers no RDAP");
        assertThat(trouble("lost.test")).isEqualTo("UNREADABLE answers 404");
        assertThat(trouble("html.test"))
                .isEqualTo("UNREADABLE answers with 'text/html', expected application/rdap+json");
        assertThat(trouble("broken.test")).isEqualTo("UNREADABLE answers with broken JSON");
        assertThat(trouble("other.test")).isEqualTo("UNREADABLE answers for 'another.test', not for this domain");
        assertThat(trouble("failing.test")).isEqualTo("UNREADABLE answers 500");
    }

    @Test
    void waitsAsABusyRegistryAsks() {
        assertThat(ask("busy.test").retryAfter()).contains(NOW.plusSeconds(3600));
        assertThat(ask("until.test").retryAfter()).contains(Instant.parse("2026-11-22T14:00:00Z"));
        assertThat(asked.get("/rdap/domain/busy.test")).isEqualTo(1);
        assertThat(until("once.test")).isEqualTo("2027-01-10T04:00:00Z");
    }

    @Test
    void hangingRegistryCostsOnlyItsOwnLimit() {
        long begin = System.nanoTime();
        List<RegistryAnswer> answers =
                registries.ask(List.of("silent.test", "dripping.test", "ok.test"), at("/dns.json"));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        assertThat(answers)
                .extracting(answer -> answer.outcome() + " " + answer.says())
                .containsExactly(
                        "UNREADABLE does not answer within 2000 ms",
                        "UNREADABLE does not answer within 2000 ms",
                        "DATE ");
    }

    @Test
    void queriesNoRegistryWithoutTheList() {
        List<RegistryAnswer> answers = registries.ask(List.of("ok.test"), at("/missing.json"));

        assertThat(answers.get(0).outcome()).isEqualTo(RegistryOutcome.UNREADABLE);
        assertThat(answers.get(0).says())
                .isEqualTo("the list of registries %s answers 404".formatted(at("/missing.json")));
        assertThat(asked.keySet())
                .containsExactly(URI.create(at("/missing.json")).getPath());
    }
}
