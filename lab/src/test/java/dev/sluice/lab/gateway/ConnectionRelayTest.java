package dev.sluice.lab.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectionRelayTest {
    private static final int CONNECTIONS = 300;

    @Test
    void threeHundredConnectionsCrossTwoRelaysAndEachGetsItsOwnAnswer(@TempDir Path directory) throws Exception {
        var crossing = UnixDomainSocketAddress.of(directory.resolve("s"));
        int port = free();
        var threads = Executors.newCachedThreadPool();
        try (var echo = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
                var inner = new ConnectionRelay(crossing, ConnectionDialer.to(echo.getLocalSocketAddress()));
                var outer = new ConnectionRelay(loopback(port), ConnectionDialer.to(crossing))) {
            threads.execute(() -> serve(echo, threads));
            var questions = new ArrayList<Callable<String>>();
            for (int number = 0; number < CONNECTIONS; number++) {
                String text = "question " + number;
                questions.add(() -> ask(port, text));
            }
            var answers = new ArrayList<String>();
            for (var answer : threads.invokeAll(questions)) answers.add(answer.get());
            assertThat(answers)
                    .hasSize(CONNECTIONS)
                    .doesNotHaveDuplicates()
                    .allMatch(text -> text.startsWith("question "));
            assertThat(inner).isNotSameAs(outer);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whenNobodyIsAtTheOtherEndTheClientSeesItsConnectionClosed() throws IOException {
        int port = free();
        int nobody = free();
        try (var relay = new ConnectionRelay(loopback(port), ConnectionDialer.to(loopback(nobody)));
                var client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(relay).isNotNull();
        }
    }

    private static void serve(ServerSocket echo, java.util.concurrent.Executor threads) {
        while (!echo.isClosed()) {
            try {
                var client = echo.accept();
                threads.execute(() -> echo(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String ask(int port, String text) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
