package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.api.AccountCatalog;
import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.client.DigitalOceanApi;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.workflows.activity.AccountActivities;
import dev.sluice.workflows.model.cluster.CloudAccount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads the account and the scopes of the token. Changes nothing. */
public final class DigitalOceanAccountActivities implements AccountActivities {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AccountCatalog catalog;
    private final DigitalOceanApi cloud;

    public DigitalOceanAccountActivities(DigitalOceanApi cloud) {
        this.catalog = cloud.catalog();
        this.cloud = cloud;
    }

    @Override
    public CloudAccount look() {
        return ActivityHeartbeat.beatWhile(LIMIT, () -> {
            List<String> unknown = new ArrayList<>();
            return new CloudAccount(
                    part("droplets", unknown, 0, catalog::droplets),
                    part("droplet limit", unknown, 0, catalog::dropletLimit),
                    part(
                            "regions",
                            unknown,
                            List.<String>of(),
                            () -> catalog.regions().stream().sorted().toList()),
                    part("sizes", unknown, List.<CloudAccount.OfferedSize>of(), this::sizes),
                    part("domains", unknown, List.<String>of(), catalog::domains),
                    part(
                            "SSH keys",
                            unknown,
                            List.<CloudAccount.AccountKey>of(),
                            () -> catalog.keys().stream()
                                    .map(key -> new CloudAccount.AccountKey(key.name(), key.fingerprint()))
                                    .toList()),
                    part(
                            "VPCs",
                            unknown,
                            List.<CloudAccount.AccountNetwork>of(),
                            () -> catalog.vpcs().stream()
                                    .map(vpc -> new CloudAccount.AccountNetwork(vpc.id(), vpc.region()))
                                    .toList()),
                    unknown,
                    part("images", unknown, List.<String>of(), catalog::images));
        });
    }

    private List<CloudAccount.OfferedSize> sizes() {
        return catalog.sizes().stream()
                .map(size -> new CloudAccount.OfferedSize(
                        size.slug(),
                        size.usdPerHour().doubleValue(),
                        size.regions().stream().sorted().toList()))
                .toList();
    }

    @Override
    public List<TokenScope> scopes(String domain) {
        return ActivityHeartbeat.beatWhile(LIMIT, () -> CloudApiException.typed(() -> cloud.probeScopes(domain)));
    }

    /** Adds what the token may not read to the list of unknown parts; fails if DigitalOcean does not answer. */
    private static <T> T part(String what, List<String> unknown, T nothing, Supplier<T> ask) {
        return CloudApiException.typed(() -> {
            try {
                return ask.get();
            } catch (CloudApiException failure) {
                if (failure.kind() != CloudApiException.FailureKind.DENIED) {
                    throw failure;
                }
                unknown.add("%s: %s".formatted(what, failure.getMessage()));
                return nothing;
            }
        });
    }
}
