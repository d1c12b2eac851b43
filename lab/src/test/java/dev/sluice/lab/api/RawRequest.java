package dev.sluice.lab.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request that no well-behaved client would send. */
final class RawRequest {
    private RawRequest() {}

    static int status(TestLab lab, String path) {
        var server = URI.create(lab.server.url());
        String request = "GET " + path + " HTTP/1.1\r\nHost: api.digitalocean.com\r\nAuthorization: Bearer "
                + lab.cloud.settings.token() + "\r\nConnection: close\r\n\r\n";
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = String.valueOf(reader.readLine());
            return Integer.parseInt(line.split(" ", -1)[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
