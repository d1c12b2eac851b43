package dev.sluice.lab.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.lab.cloud.LabCloud;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The lab's API over HTTP: DigitalOcean's operations under /v2, faults and journal under /lab. */
public final class LabServer implements AutoCloseable {
    static {
        // Without it the JDK's server holds back small answers for 40 ms on connections that are used again.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Closing idle connections after 30 s, its habit, would be a fault that nobody has declared.
        System.setProperty("sun.net.httpserver.idleInterval", "600");
    }

    private static final int LARGEST_BODY = 1 << 20;
    private static final String BEARER = "Bearer ";
    // A client may reach the server through a forwarder of its own; a foreign name in Host must not lead it away.
    private static final Pattern OWN_HOST = Pattern.compile("(localhost|[0-9.]+|\\[[0-9a-fA-F:]+])(:[0-9]{1,5})?");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(16, work -> {
        var thread = new Thread(work, "lab-http");
        thread.setDaemon(true);
        return thread;
    });

    /** Hears of each request under /v2 what it was answered with, before the answer is sent; status 0 is no answer. */
    public interface RequestObserver {
        void observe(String method, String pathAndQuery, String body, int status, String answer);
    }

    /** Serves the cloud at the address until closed; the cloud stays with the caller. */
    public LabServer(LabCloud cloud, InetSocketAddress address) throws IOException {
        this(cloud, address, (method, pathAndQuery, body, status, answer) -> {});
    }

    /** The same with somebody who hears all. */
    public LabServer(LabCloud cloud, InetSocketAddress address, RequestObserver witness) throws IOException {
        server = HttpServer.create(address, 128);
        var journal = new RequestJournal();
        var desk = new ApiRouter(cloud, journal);
        var control = new LabControlRouter(cloud, journal);
        server.createContext(
                "/", exchange -> answer(exchange, request -> heard(witness, request, desk.handle(request))));
        server.createContext("/lab/", exchange -> answer(exchange, control::handle));
        server.setExecutor(threads);
        server.start();
    }

    /** The server's own address, such as {@code http://127.0.0.1:4020}. */
    public String url() {
        var address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange, Function<LabRequest, HttpReply> desk) throws IOException {
        try (exchange) {
            var reply = desk.apply(request(exchange));
            if (reply.status() != 0) send(exchange, reply);
        }
    }

    private static HttpReply heard(RequestObserver witness, LabRequest request, HttpReply reply) {
        witness.observe(request.method(), request.pathAndQuery(), request.body(), reply.status(), reply.body());
        return reply;
    }

    private LabRequest request(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        return new LabRequest(
                exchange.getRequestMethod(),
                Optional.ofNullable(uri.getRawPath()).orElse("/"),
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                token(exchange),
                new String(exchange.getRequestBody().readNBytes(LARGEST_BODY), StandardCharsets.UTF_8),
                base(exchange),
                "true".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("X-Dangerous")));
    }

    private static void send(HttpExchange exchange, HttpReply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        boolean bare = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), bare ? -1 : body.length);
        if (!bare) exchange.getResponseBody().write(body);
    }

    private static String token(HttpExchange exchange) {
        String header = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : "";
    }

    private String base(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                .filter(host -> OWN_HOST.matcher(host).matches())
                .map(host -> "http://" + host)
                .orElseGet(this::url);
    }
}
