package dev.sluice.activities.cloud;

import dev.sluice.lab.account.VisibilityDelays;
import dev.sluice.lab.fault.ApiFault;
import dev.sluice.lab.fault.LabFault;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How late the lab's API is in the walk of one seed, and what it breaks. */
record LabFaultPlan(VisibilityDelays delays, List<LabFault> faults) {
    private static final int MOST = 4;
    private static final int LATE_SECONDS = 20;

    /** Faults of any request. */
    private static final List<ApiFault> ANY =
            List.of(ApiFault.ERROR_BEFORE, ApiFault.ERROR_AFTER, ApiFault.ANSWER_LOST, ApiFault.TOO_MANY_REQUESTS);

    /** Faults of requests that they name themselves; a snapshot that is gone is a change of the world, not a fault. */
    private static final List<ApiFault> OWN = List.of(
            ApiFault.CREATE_ANSWER_LOST,
            ApiFault.CREATE_ANSWER_LATE,
            ApiFault.DUPLICATE_CREATE,
            ApiFault.DELETE_FAILS,
            ApiFault.DELETE_TAKES_MINUTES,
            ApiFault.DNS_ANSWERS_OLD);

    private static final List<String> OPERATIONS = List.of(
            "POST /v2/droplets",
            "GET /v2/droplets",
            "GET /v2/droplets/{droplet}",
            "DELETE /v2/droplets/{droplet}",
            "POST /v2/droplets/{droplet}/actions",
            "POST /v2/tags/{tag}/resources",
            "DELETE /v2/tags/{tag}/resources",
            "GET /v2/tags/{tag}",
            "DELETE /v2/tags/{tag}",
            "GET /v2/tags",
            "GET /v2/images",
            "GET /v2/actions",
            "GET /v2/domains/{domain}/records",
            "POST /v2/domains/{domain}/records",
            "DELETE /v2/domains/{domain}/records/{record}");

    static LabFaultPlan of(long seed) {
        Random random = new Random(~seed);
        VisibilityDelays delays =
                one(random, List.of(VisibilityDelays.INSTANT, VisibilityDelays.USUAL, VisibilityDelays.HARSH));
        List<LabFault> faults = IntStream.range(0, 1 + random.nextInt(MOST))
                .mapToObj(at -> fault(random))
                .toList();
        return new LabFaultPlan(delays, faults);
    }

    private static LabFault fault(Random random) {
        LabFault fault = random.nextInt(3) == 0
                ? late(LabFault.of(one(random, OWN)))
                : LabFault.of(one(random, ANY)).withOperation(one(random, OPERATIONS));
        // Now and then for good.
        int times = one(random, List.of(1, 1, 2, 0));
        return fault.withOccurrences(1 + random.nextInt(4), times);
    }

    private static LabFault late(LabFault fault) {
        return Stream.of(ApiFault.DELETE_TAKES_MINUTES, ApiFault.DNS_ANSWERS_OLD)
                        .anyMatch(slow -> slow.word().equals(fault.name()))
                ? fault.withSeconds(LATE_SECONDS)
                : fault;
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
