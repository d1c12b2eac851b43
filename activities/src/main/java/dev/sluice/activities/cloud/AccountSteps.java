package dev.sluice.activities.cloud;

import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.workflows.activity.AccountActivities;
import dev.sluice.workflows.model.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The steps that look at the account; they change nothing. */
public final class AccountSteps implements AccountActivities {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Catalog catalog;
    private final Scopes scopes;

    public AccountSteps(DigitalOceanCloud cloud) {
        this.catalog = cloud.catalog();
        this.scopes = cloud.scopes();
    }

    @Override
    public Account look() {
        return Heartbeats.during(LIMIT, () -> {
            List<String> unknown = new ArrayList<>();
            return new Account(
                    part("droplets", unknown, 0, catalog::droplets),
                    part("droplet limit", unknown, 0, catalog::dropletLimit),
                    part(
                            "regions",
                            unknown,
                            List.<String>of(),
                            () -> catalog.regions().stream().sorted().toList()),
                    part("sizes", unknown, List.<Account.Size>of(), this::sizes),
                    part("domains", unknown, List.<String>of(), catalog::domains),
                    part(
                            "SSH keys",
                            unknown,
                            List.<Account.Key>of(),
                            () -> catalog.keys().stream()
                                    .map(key -> new Account.Key(key.name(), key.fingerprint()))
                                    .toList()),
                    part(
                            "VPCs",
                            unknown,
                            List.<Account.Network>of(),
                            () -> catalog.vpcs().stream()
                                    .map(vpc -> new Account.Network(vpc.id(), vpc.region()))
                                    .toList()),
                    unknown);
        });
    }

    private List<Account.Size> sizes() {
        return catalog.sizes().stream()
                .map(size -> new Account.Size(
                        size.slug(),
                        size.usdPerHour().doubleValue(),
                        size.regions().stream().sorted().toList()))
                .toList();
    }

    @Override
    public List<Scope> scopes(String domain) {
        return Heartbeats.during(LIMIT, () -> typed(() -> scopes.in(domain)));
    }

    /** What the token may not read is a part of the answer; a DigitalOcean that does not answer is none. */
    private static <T> T part(String what, List<String> unknown, T nothing, Supplier<T> ask) {
        return typed(() -> {
            try {
                return ask.get();
            } catch (CloudFailure failure) {
                if (failure.kind() != CloudFailure.Kind.DENIED) {
                    throw failure;
                }
                unknown.add("%s: %s".formatted(what, failure.getMessage()));
                return nothing;
            }
        });
    }

    private static <T> T typed(Supplier<T> step) {
        try {
            return step.get();
        } catch (CloudFailure failure) {
            throw failure.typed();
        }
    }
}
