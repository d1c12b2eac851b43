package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.ExpiryActivities;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.RegistryAnswer;
import java.util.List;
import java.util.function.Supplier;

final class FakeExpiry implements ExpiryActivities {
    private final Supplier<FakeWorld> now;

    FakeExpiry(Supplier<FakeWorld> now) {
        this.now = now;
    }

    @Override
    public List<ExpiryFinding> certificates(CertificateOrder order) {
        return now.get()
                .calls
                .act(
                        () -> {
                            now.get().asked.add(order);
                            return List.copyOf(now.get().certificates);
                        },
                        List.of());
    }

    @Override
    public List<RegistryAnswer> registries(RegistryOrder order) {
        return now.get()
                .calls
                .act(
                        () -> now.get().registries.stream()
                                .filter(answer -> order.domains().contains(answer.domain()))
                                .toList(),
                        List.of());
    }
}
