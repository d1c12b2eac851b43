package dev.sluice.activities.expiry;

import dev.sluice.activities.conversation.Conversation;
import dev.sluice.activities.expiry.RecordingTrustManager.PresentedChain;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Performs one TLS handshake with one address under one name, with a hard time limit. */
final class TlsHandshake {
    private final TrustedAuthorities trust;
    private final ExpiryLimits limits;

    TlsHandshake(TrustedAuthorities trust, ExpiryLimits limits) {
        this.trust = trust;
        this.limits = limits;
    }

    /** The handshake failed; the message is the end of a sentence with the reason. */
    static final class HandshakeFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        /** Whether it timed out, which a busy worker may have caused itself. */
        private final boolean late;

        HandshakeFailedException(String says, boolean late, Throwable cause) {
            super(says, cause);
            this.late = late;
        }

        boolean late() {
            return late;
        }
    }

    PresentedChain perform(String address, int port, String name) throws HandshakeFailedException {
        RecordingTrustManager collecting = new RecordingTrustManager(trust);
        try (Conversation conversation = Conversation.within(limits.answer(), Long.MAX_VALUE)) {
            try (Socket socket = conversation.connect(address, port, limits.connect())) {
                shake(socket, name, port, collecting);
                return collecting.shown().orElseThrow(() -> new SSLException("no certificate was sent"));
            } catch (Conversation.ConnectTimeoutException nobody) {
                throw new HandshakeFailedException(String.valueOf(nobody.getMessage()), false, nobody);
            } catch (IOException failure) {
                throw conversation.isOver()
                        ? silent(failure)
                        : new HandshakeFailedException(words(failure), false, failure);
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("Every Java speaks TLS", impossible);
            }
        }
    }

    private static void shake(Socket raw, String name, int port, RecordingTrustManager collecting)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {collecting}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, name, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        }
    }

    private HandshakeFailedException silent(IOException failure) {
        return new HandshakeFailedException(
                "accepts the connection, but completes no handshake within %d ms"
                        .formatted(limits.answer().toMillis()),
                true,
                failure);
    }

    private static String words(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof ConnectException) {
            return message.toLowerCase(Locale.ROOT).contains("refused")
                    ? "refuses the connection"
                    : "cannot be reached: " + message;
        }
        if (message.contains("Unsupported or unrecognized SSL message")) {
            return "answers, but not with TLS";
        }
        if (failure.getCause() instanceof EOFException
                || message.matches("(?i).*(terminated the handshake|reset|broken pipe).*")) {
            return "ends the connection in the middle of the handshake";
        }
        if (message.contains("unrecognized_name")) {
            return "does not know this name";
        }
        return failure instanceof SSLException ? "ends the handshake: " + message : "cannot be reached: " + message;
    }
}
