package dev.sluice.lab.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request that no well-behaved client would send. */
final class RawRequest {
    private RawRequest() {}

    static int status(TestLab lab, String path) {
        return Integer.parseInt(answer(lab, "GET", path, "").split(" ", 3)[1]);
    }

    static String body(TestLab lab, String path) {
        String answer = answer(lab, "GET", path, "");
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** The whole answer; empty if the connection ends without one. */
    static String post(TestLab lab, String path, String quoted) {
        return answer(lab, "POST", path, quoted.replace('\'', '"'));
    }

    private static String answer(TestLab lab, String method, String path, String body) {
        URI server = URI.create(lab.server.url());
        String request =
                "%s %s HTTP/1.1\r\nHost: api.digitalocean.com\r\nAuthorization: Bearer %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(method, path, lab.cloud.settings().token(), body.length(), body);
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
