package dev.sluice.activities.expiry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the RDAP server of a domain in the list that IANA publishes (RFC 9224). */
final class RdapBootstrap {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode services;

    private RdapBootstrap(JsonNode services) {
        this.services = services;
    }

    /** Reads the list; throws IOException with the reason as the end of a message. */
    static RdapBootstrap read(RdapHttpClient wire, String address) throws IOException {
        RdapHttpClient.HttpAnswer answer = wire.get(URI.create(address));
        if (answer.status() != 200) {
            throw new IOException("answers %d".formatted(answer.status()));
        }
        try {
            JsonNode services = JSON.readTree(answer.body()).path("services");
            if (services.isArray() && !services.isEmpty()) {
                return new RdapBootstrap(services);
            }
        } catch (JsonProcessingException notJson) {
            // reported below
        }
        throw new IOException("does not answer with a list of registries");
    }

    /** Returns the server's base address with a slash at its end; the longest matching entry wins, and https is preferred. */
    Optional<String> serverOf(String domain) {
        int longest = 0;
        String base = null;
        for (JsonNode service : services) {
            for (JsonNode suffix : service.path(0)) {
                String text = suffix.asText().toLowerCase(Locale.ROOT);
                int labels = text.split("\\.").length;
                if (labels > longest && (domain.equals(text) || domain.endsWith("." + text))) {
                    longest = labels;
                    base = secure(service.path(1));
                }
            }
        }
        return Optional.ofNullable(base).map(found -> found.endsWith("/") ? found : found + "/");
    }

    private static @Nullable String secure(JsonNode addresses) {
        String first = null;
        for (JsonNode address : addresses) {
            String text = address.asText();
            if (text.startsWith("https:")) {
                return text;
            }
            first = first == null ? text : first;
        }
        return first;
    }
}
