package dev.sluice.lab.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.lab.cloud.LabCloud;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Serves the lab's API over HTTP: DigitalOcean's operations under /v2, faults and journal under /lab. */
public final class LabServer implements AutoCloseable {
    static {
        // Without it the JDK's server delays small answers by 40 ms on reused connections.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // By default it closes idle connections after 30 s, which would be an undeclared fault.
        System.setProperty("sun.net.httpserver.idleInterval", "600");
    }

    private static final int LARGEST_BODY = 1 << 20;
    private static final String BEARER = "Bearer ";
    // A client may reach the server through a forwarder; links must not lead it to a foreign name in Host.
    private static final Pattern OWN_HOST = Pattern.compile("(localhost|[0-9.]+|\\[[0-9a-fA-F:]+])(:[0-9]{1,5})?");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(16, work -> {
        Thread thread = new Thread(work, "lab-http");
        thread.setDaemon(true);
        return thread;
    });

    /** Receives each request under /v2 with its response before that is sent; status 0 is no response. */
    public interface RequestObserver {
        void observe(String method, String pathAndQuery, String body, int status, String answer);
    }

    /** Serves the cloud at the address until closed; the cloud stays with the caller. */
    public LabServer(LabCloud cloud, InetSocketAddress address) throws IOException {
        this(cloud, address, (method, pathAndQuery, body, status, answer) -> {});
    }

    /** Serves the cloud and reports each request to the observer. */
    public LabServer(LabCloud cloud, InetSocketAddress address, RequestObserver witness) throws IOException {
        server = HttpServer.create(address, 128);
        RequestJournal journal = new RequestJournal();
        ApiRouter desk = new ApiRouter(cloud, journal);
        LabControlRouter control = new LabControlRouter(cloud, journal);
        server.createContext(
                "/", exchange -> answer(exchange, request -> heard(witness, request, desk.handle(request))));
        server.createContext("/lab/", exchange -> answer(exchange, control::handle));
        server.setExecutor(threads);
        server.start();
    }

    /** The server's own address, such as {@code http://127.0.0.1:4020}. */
    public String url() {
        InetSocketAddress address = server.getAddress();
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange, Function<LabRequest, HttpReply> desk) throws IOException {
        try (exchange) {
            HttpReply reply = desk.apply(request(exchange));
            if (reply.status() != 0) {
                send(exchange, reply);
            }
        }
    }

    private static HttpReply heard(RequestObserver witness, LabRequest request, HttpReply reply) {
        witness.observe(request.method(), request.pathAndQuery(), request.body(), reply.status(), reply.body());
        return reply;
    }

    private LabRequest request(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
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
        if (!bare) {
            exchange.getResponseBody().write(body);
        }
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
