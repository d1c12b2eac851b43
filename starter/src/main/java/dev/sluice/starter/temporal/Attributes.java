package dev.sluice.starter.temporal;

import dev.sluice.workflows.Names;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Whether the namespace has the search attributes that Sluice sets. */
public final class Attributes {
    private Attributes() {}

    /** What is wrong, each in words; empty if nothing is. */
    public static List<String> wrong(Temporal temporal) {
        Map<String, IndexedValueType> present = temporal.call(() -> OperatorServiceGrpc.newBlockingStub(
                                temporal.stubs().getRawChannel())
                        .withDeadlineAfter(Temporal.LIMIT.toSeconds(), TimeUnit.SECONDS)
                        .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                                .setNamespace(temporal.namespace())
                                .build()))
                .getCustomAttributesMap();
        return Names.SEARCH_ATTRIBUTES.stream()
                .filter(key -> present.get(key.getName()) != key.getValueType())
                .map(key -> present.containsKey(key.getName())
                        ? "%s is %s, expected %s: remove it"
                                .formatted(key.getName(), present.get(key.getName()), key.getValueType())
                        : "%s is missing: the first worker registers it".formatted(key.getName()))
                .toList();
    }
}
