package dev.sluice.lab.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One keep-alive HTTPS connection that reports exactly how each request ended. */
final class HttpsConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 10_000;

    private final SSLSocket socket;
    private final InputStream in;
    private final String host;
    private int served;
    private boolean closing;

    HttpsConnection(SSLSocketFactory sockets, String host, InetSocketAddress address) throws IOException {
        this.host = host;
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(address, CONNECT_MILLIS);
            plain.setSoTimeout(READ_MILLIS);
            socket = (SSLSocket) sockets.createSocket(plain, host, address.getPort(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException failed) {
            plain.close();
            throw failed;
        }
    }

    /** The status of a response and the member that sent it; empty if the response does not name it. */
    record MemberReply(int status, String member) {}

    /** Sends a GET. Throws {@link StaleConnectionException} if a reused connection was closed before a response. */
    MemberReply get(String path) throws IOException {
        byte[] request = "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: sluice-load\r\n\r\n"
                .formatted(path, host)
                .getBytes(StandardCharsets.US_ASCII);
        String status = send(request);
        MemberReply reply = read(status);
        served++;
        return reply;
    }

    /** Whether the server announced that it closes. */
    boolean isClosing() {
        return closing;
    }

    private String send(byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
            return line();
        } catch (SocketTimeoutException late) {
            throw late;
        } catch (IOException broken) {
            if (served > 0) {
                throw new StaleConnectionException(broken);
            }
            throw broken;
        }
    }

    private MemberReply read(String statusLine) throws IOException {
        int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
        String member = "";
        int length = -1;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String[] parts = header.split(":", 2);
            String value = parts[1].strip();
            switch (parts[0].toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "connection" -> closing = value.equalsIgnoreCase("close");
                case "x-sluice-member" -> member = value;
                default -> {
                    // The connection is discarded.
                }
            }
        }
        skipBody(length, chunked);
        return new MemberReply(status, member);
    }

    private void skipBody(int length, boolean chunked) throws IOException {
        if (!chunked) {
            in.skipNBytes(Math.max(length, 0));
            return;
        }
        for (int size = chunk(); size > 0; size = chunk()) {
            in.skipNBytes(size + 2L);
        }
        line();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed after '%s'".formatted(line));
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The server closed an idle connection; a client may retry on another one. */
    static final class StaleConnectionException extends IOException {
        StaleConnectionException(IOException cause) {
            super(cause);
        }
    }
}
