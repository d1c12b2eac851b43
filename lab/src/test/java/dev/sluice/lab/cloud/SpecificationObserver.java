package dev.sluice.lab.cloud;

import dev.sluice.lab.server.LabServer;
import java.util.ArrayList;
import java.util.List;

/** Validates a lab's requests and responses against the specification, if there is one. */
public final class SpecificationObserver implements LabServer.RequestObserver {
    private final boolean refusedToo;
    private final List<String> violations = new ArrayList<>();
    private int held;

    private SpecificationObserver(boolean refusedToo) {
        this.refusedToo = refusedToo;
    }

    /** Observes a client whose requests must all be valid. */
    public static SpecificationObserver all() {
        return new SpecificationObserver(true);
    }

    /** Observes a client that provokes refusals: for a refused request only the response must be valid. */
    public static SpecificationObserver allButRefusedRequests() {
        return new SpecificationObserver(false);
    }

    @Override
    public synchronized void observe(String method, String pathAndQuery, String body, int status, String answer) {
        OpenApiSpecification.instance().ifPresent(specification -> {
            held++;
            try {
                if (refusedToo || status < 300) {
                    specification.checkBoth(method, pathAndQuery, body, status, answer);
                } else {
                    specification.check(method, pathAndQuery, body, status, answer);
                }
            } catch (AssertionError wrong) {
                violations.add(String.valueOf(wrong.getMessage()));
            }
        });
    }

    /** The violations of the specification, oldest first. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** The number of validated requests; 0 without a specification. */
    public synchronized int held() {
        return held;
    }

    /** Whether there is a specification. */
    public static boolean hasSpecification() {
        return OpenApiSpecification.instance().isPresent();
    }
}
