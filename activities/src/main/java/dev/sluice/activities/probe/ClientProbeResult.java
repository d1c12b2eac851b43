package dev.sluice.activities.probe;

import dev.sluice.workflows.model.node.Ipv4Address;
import java.time.Instant;
import java.util.Optional;

/**
 * The answer that a client gets at one address of the service.
 *
 * @param answer empty if there was none
 * @param trouble the reason if there was none
 */
public record ClientProbeResult(Ipv4Address address, Optional<ProbeAnswer> answer, String trouble) {
    /**
     * One answer.
     *
     * @param status of HTTP
     * @param certificate its SHA-256 in hexadecimal
     * @param ends expiration of the certificate
     * @param member name of the member that answered; may be empty
     */
    public record ProbeAnswer(int status, String certificate, Instant ends, String member) {}

    static ClientProbeResult answered(Ipv4Address address, ProbeAnswer answer) {
        return new ClientProbeResult(address, Optional.of(answer), "");
    }

    static ClientProbeResult silent(Ipv4Address address, String trouble) {
        return new ClientProbeResult(address, Optional.empty(), trouble);
    }

    /** Whether clients are served: an answer without a server error. */
    public boolean serves() {
        return answer.filter(got -> got.status() < 500).isPresent();
    }

    /** Describes the result for a message, after the address. */
    public String describe() {
        return answer.map(got -> "answers %d".formatted(got.status()))
                .orElse("does not answer (%s)".formatted(trouble));
    }
}
