package dev.sluice.activities.probe;

import dev.sluice.workflows.model.node.Ipv4Address;
import java.time.Instant;
import java.util.Optional;

/**
 * What a client got who came to one address by the service's name.
 *
 * @param answer empty if there was none
 * @param trouble why there was none, in words
 */
public record ClientProbeResult(Ipv4Address address, Optional<ProbeAnswer> answer, String trouble) {
    /**
     * An answer.
     *
     * @param status of HTTP
     * @param certificate SHA-256 of the one that was shown, in hex
     * @param ends when that certificate does
     * @param member that answered, as the proxy names it; may be empty
     */
    public record ProbeAnswer(int status, String certificate, Instant ends, String member) {}

    static ClientProbeResult answered(Ipv4Address address, ProbeAnswer answer) {
        return new ClientProbeResult(address, Optional.of(answer), "");
    }

    static ClientProbeResult silent(Ipv4Address address, String trouble) {
        return new ClientProbeResult(address, Optional.empty(), trouble);
    }

    /** Whether a client is served there: an answer that is no failure of the server. */
    public boolean serves() {
        return answer.filter(got -> got.status() < 500).isPresent();
    }

    /** In words, after the address. */
    public String describe() {
        return answer.map(got -> "answers %d".formatted(got.status()))
                .orElse("does not answer (%s)".formatted(trouble));
    }
}
