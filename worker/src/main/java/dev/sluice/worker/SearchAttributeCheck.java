package dev.sluice.worker;

import dev.sluice.workflows.SluiceAttributes;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Registers Sluice's search attributes in the namespace. Compares the types afterwards, since server 1.32.0 answers OK to
 * an attribute that exists with another type and changes nothing.
 */
final class SearchAttributeCheck {
    private final OperatorServiceStubs operator;
    private final String namespace;

    SearchAttributeCheck(OperatorServiceStubs operator, String namespace) {
        this.operator = operator;
        this.namespace = namespace;
    }

    /** Registers missing attributes; throws IllegalStateException with a line for each attribute of another type. */
    void ensure() {
        Map<String, IndexedValueType> present = present();
        Map<String, IndexedValueType> missing = SluiceAttributes.ALL.stream()
                .filter(key -> !present.containsKey(key.getName()))
                .collect(Collectors.toMap(SearchAttributeKey::getName, SearchAttributeKey::getValueType));
        if (!missing.isEmpty()) {
            operator.blockingStub()
                    .addSearchAttributes(AddSearchAttributesRequest.newBuilder()
                            .setNamespace(namespace)
                            .putAllSearchAttributes(missing)
                            .build());
        }
        List<String> wrong = findErrors(present());
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(String.join("\n", wrong));
        }
    }

    private Map<String, IndexedValueType> present() {
        return operator.blockingStub()
                .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace(namespace)
                        .build())
                .getCustomAttributesMap();
    }

    private List<String> findErrors(Map<String, IndexedValueType> present) {
        return SluiceAttributes.ALL.stream()
                .filter(key -> present.containsKey(key.getName()) && present.get(key.getName()) != key.getValueType())
                .map(key -> "Search attribute %s of namespace %s is %s, expected %s: remove it and start again"
                        .formatted(key.getName(), namespace, present.get(key.getName()), key.getValueType()))
                .toList();
    }
}
