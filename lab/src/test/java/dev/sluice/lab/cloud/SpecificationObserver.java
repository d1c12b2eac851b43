package dev.sluice.lab.cloud;

import dev.sluice.lab.server.LabServer;
import java.util.ArrayList;
import java.util.List;

/** Holds every request that a lab gets and every answer that it gives against the specification, where there is one. */
public final class SpecificationObserver implements LabServer.RequestObserver {
    private final boolean refusedToo;
    private final List<String> violations = new ArrayList<>();
    private int held;

    private SpecificationObserver(boolean refusedToo) {
        this.refusedToo = refusedToo;
    }

    /** Of a client that never asks wrongly: each of its requests has to be right. */
    public static SpecificationObserver all() {
        return new SpecificationObserver(true);
    }

    /** Of a client that is refused on purpose now and then: of a request that is refused, the answer has to be right. */
    public static SpecificationObserver allButRefusedRequests() {
        return new SpecificationObserver(false);
    }

    @Override
    public synchronized void observe(String method, String pathAndQuery, String body, int status, String answer) {
        OpenApiSpecification.instance().ifPresent(specification -> {
            held++;
            try {
                if (refusedToo || status < 300) specification.checkBoth(method, pathAndQuery, body, status, answer);
                else specification.check(method, pathAndQuery, body, status, answer);
            } catch (AssertionError wrong) {
                violations.add(String.valueOf(wrong.getMessage()));
            }
        });
    }

    /** What was not as it says, oldest first. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** How many requests were held against it: none without a specification. */
    public synchronized int held() {
        return held;
    }

    /** Whether there is a specification. */
    public static boolean hasSpecification() {
        return OpenApiSpecification.instance().isPresent();
    }
}
