package dev.sluice.starter.doctor;

import dev.sluice.starter.temporal.TemporalClient;
import dev.sluice.workflows.SluiceAttributes;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Checks whether the namespace has the search attributes that Sluice sets. */
final class SearchAttributeFindings {
    static final String WHAT = "search attributes";

    private SearchAttributeFindings() {}

    /** Returns one finding for all of them. */
    static DoctorFinding check(TemporalClient temporal) {
        Map<String, IndexedValueType> present = temporal.call(() -> OperatorServiceGrpc.newBlockingStub(
                                temporal.stubs().getRawChannel())
                        .withDeadlineAfter(TemporalClient.LIMIT.toSeconds(), TimeUnit.SECONDS)
                        .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                                .setNamespace(temporal.namespace())
                                .build()))
                .getCustomAttributesMap();
        List<String> wrong = SluiceAttributes.ALL.stream()
                .filter(key -> present.get(key.getName()) != key.getValueType())
                .map(key -> present.containsKey(key.getName())
                        ? "%s is %s, expected %s: remove it"
                                .formatted(key.getName(), present.get(key.getName()), key.getValueType())
                        : "%s is missing: the first worker registers it".formatted(key.getName()))
                .toList();
        return wrong.isEmpty()
                ? DoctorFinding.ok(WHAT, "all five exist, with the right types")
                : DoctorFinding.stops(WHAT, String.join("; ", wrong));
    }
}
