package dev.sluice.acceptance.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Servers that workers use outside of the cluster, on loopback inside the lab's network: a list of registries, a
 * registry, and a webhook that keeps each message.
 */
public final class ExternalServers implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path folder;

    private ExternalServers(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts it inside the lab's network and waits until it listens; domains end in that many days. */
    public static ExternalServers start(LabEnvironment world, int days) {
        try {
            Path folder = Files.createTempDirectory("sluice-outside");
            Process process = new ProcessBuilder(world.networkCommand(
                            "java",
                            "-Xmx32m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ExternalServers.class.getName(),
                            folder.toString(),
                            Integer.toString(days)))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            LabEnvironment.awaitTrue("it listens", Duration.ofSeconds(20), () -> Files.exists(folder.resolve("port")));
            return new ExternalServers(process, folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public String registries() {
        return urlOf("/dns.json");
    }

    public String webhook() {
        return urlOf("/hook");
    }

    private String urlOf(String path) {
        return "http://127.0.0.1:%s%s".formatted(read("port").get(0), path);
    }

    /** The messages that were posted so far, in order. */
    List<JsonNode> messages() {
        List<JsonNode> messages = new ArrayList<>();
        for (String line : Files.exists(folder.resolve("messages")) ? read("messages") : List.<String>of()) {
            try {
                messages.add(JSON.readTree(line));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return messages;
    }

    public List<JsonNode> messages(String event) {
        return messages().stream()
                .filter(message -> message.path("event").asText().equals(event))
                .toList();
    }

    private List<String> read(String file) {
        try {
            return Files.readAllLines(folder.resolve(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The program inside: its arguments are the output folder and the days that domains have left. */
    public static void main(String[] words) throws IOException {
        Path folder = Path.of(words[0]);
        Instant until = Instant.now().plus(Duration.ofDays(Integer.parseInt(words[1])));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        String self = "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
        server.createContext("/dns.json", asked -> answer(asked, """
                {"version":"1.0","services":[[["example"],["%s/rdap/"]]]}""".formatted(self)));
        server.createContext("/rdap/domain/", asked -> answer(asked, """
                {"objectClassName":"domain","ldhName":"%s","status":["active"],
                 "events":[{"eventAction":"expiration","eventDate":"%s"}]}""".formatted(domain(asked), until)));
        server.createContext("/hook", asked -> {
            byte[] body = asked.getRequestBody().readAllBytes();
            Files.writeString(
                    folder.resolve("messages"),
                    new String(body, StandardCharsets.UTF_8) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            answer(asked, "{}");
        });
        server.start();
        Files.writeString(
                folder.resolve("port.part"),
                Integer.toString(server.getAddress().getPort()));
        Files.move(folder.resolve("port.part"), folder.resolve("port"));
    }

    private static String domain(HttpExchange asked) {
        return asked.getRequestURI().getPath().replaceFirst(".*/", "");
    }

    private static void answer(HttpExchange asked, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        asked.getResponseHeaders().add("Content-Type", "application/rdap+json");
        asked.sendResponseHeaders(200, bytes.length);
        asked.getResponseBody().write(bytes);
        asked.close();
    }
}
