package dev.sluice.activities.conversation;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;

/** The head of the answer has come; the body does not end. */
final class HttpConversationTest implements HostilePeerContract {
    @Override
    public String firstWords() {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";
    }

    @Override
    public void talk(int port) throws Exception {
        HttpConversation.send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(port)))
                        .build(),
                LIMIT,
                1 << 20);
    }
}
