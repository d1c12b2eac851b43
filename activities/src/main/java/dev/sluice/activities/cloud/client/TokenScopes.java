package dev.sluice.activities.cloud.client;

import com.google.gson.JsonObject;
import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.workflows.activity.AccountActivities.TokenScope;
import java.util.List;

/**
 * Finds the scopes of the token without a change: the requests have an empty body or the ID 0, which DigitalOcean
 * rejects. It is assumed, not measured, that DigitalOcean checks the scope before the body. If it does not, a missing
 * scope counts as granted here, and the step of the deployment names it.
 */
final class TokenScopes {
    private static final JsonObject NOTHING = new JsonObject();

    private final ApiClient calls;

    TokenScopes(ApiClient calls) {
        this.calls = calls;
    }

    List<TokenScope> probe(String domain) {
        String records = "/v2/domains/" + domain + "/records";
        return List.of(
                probeScope("droplet:read", () -> calls.count("/v2/droplets")),
                probeScope("image:read", () -> calls.count("/v2/images")),
                probeScope("tag:read", () -> calls.count("/v2/tags")),
                probeScope("domain:read", () -> calls.count(records)),
                probeScope("firewall:read", () -> calls.count("/v2/firewalls")),
                probeScope("reserved_ip:read", () -> calls.count("/v2/reserved_ips")),
                probeScope("droplet:create", () -> calls.change("POST", "/v2/droplets", NOTHING)),
                probeScope("droplet:update", () -> calls.change("POST", "/v2/droplets/0/actions", NOTHING)),
                probeScope("droplet:delete", () -> calls.change("DELETE", "/v2/droplets/0", null)),
                probeScope("tag:create", () -> calls.change("POST", "/v2/tags", NOTHING)),
                probeScope("domain:create", () -> calls.change("POST", records, NOTHING)),
                probeScope("domain:delete", () -> calls.change("DELETE", records + "/0", null)));
    }

    private static TokenScope probeScope(String name, Runnable question) {
        try {
            question.run();
            return new TokenScope(name, true, "");
        } catch (CloudApiException failure) {
            return switch (failure.kind()) {
                case DENIED -> new TokenScope(name, false, String.valueOf(failure.getMessage()));
                case ABSENT, REFUSED, QUOTA, PENDING -> new TokenScope(name, true, "");
                case BUSY, SILENT, UNCLEAR -> throw failure;
            };
        }
    }
}
