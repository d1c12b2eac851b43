package dev.sluice.lab.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectionRelayTest {
    private static final int CONNECTIONS = 300;

    @Test
    void threeHundredConnectionsCrossTwoRelaysUnmixed(@TempDir Path directory) throws Exception {
        UnixDomainSocketAddress crossing = UnixDomainSocketAddress.of(directory.resolve("s"));
        int port = free();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ServerSocket echo = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
                ConnectionRelay inner =
                        new ConnectionRelay(crossing, ConnectionDialer.to(echo.getLocalSocketAddress()));
                ConnectionRelay outer = new ConnectionRelay(loopback(port), ConnectionDialer.to(crossing))) {
            threads.execute(() -> serve(echo, threads));
            ArrayList<Callable<String>> questions = new ArrayList<Callable<String>>();
            for (int number = 0; number < CONNECTIONS; number++) {
                String text = "question " + number;
                questions.add(() -> ask(port, text));
            }
            ArrayList<String> answers = new ArrayList<String>();
            for (Future<String> answer : threads.invokeAll(questions)) {
                answers.add(answer.get());
            }
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
    void closesTheConnectionWhenTheOtherEndIsUnreachable() throws IOException {
        int port = free();
        int nobody = free();
        try (ConnectionRelay relay = new ConnectionRelay(loopback(port), ConnectionDialer.to(loopback(nobody)));
                Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(relay).isNotNull();
        }
    }

    private static void serve(ServerSocket echo, Executor threads) {
        while (!echo.isClosed()) {
            try {
                Socket client = echo.accept();
                threads.execute(() -> echo(client));
            } catch (IOException failure) {
                return;
            }
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String ask(int port, String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
