package dev.sluice.activities.cloud;

import com.google.gson.JsonObject;
import dev.sluice.workflows.activity.AccountActivities.Scope;
import java.util.List;

/**
 * Finds out what the token may do without doing it: reads what is there, and writes nothing, since an empty body is no
 * valid one and nothing has the id 0. That DigitalOcean asks for the scope before it reads the body is assumed, since no
 * account was at hand; should it not, a missing scope reads as granted here, and the deployment's own step names it.
 */
final class Scopes {
    private static final JsonObject NOTHING = new JsonObject();

    private final Calls calls;

    Scopes(Calls calls) {
        this.calls = calls;
    }

    List<Scope> in(String domain) {
        String records = "/v2/domains/" + domain + "/records";
        return List.of(
                asked("droplet:read", () -> calls.count("/v2/droplets")),
                asked("image:read", () -> calls.count("/v2/images")),
                asked("tag:read", () -> calls.count("/v2/tags")),
                asked("domain:read", () -> calls.count(records)),
                asked("firewall:read", () -> calls.count("/v2/firewalls")),
                asked("droplet:create", () -> calls.change("POST", "/v2/droplets", NOTHING)),
                asked("droplet:update", () -> calls.change("POST", "/v2/droplets/0/actions", NOTHING)),
                asked("droplet:delete", () -> calls.change("DELETE", "/v2/droplets/0", null)),
                asked("tag:create", () -> calls.change("POST", "/v2/tags", NOTHING)),
                asked("domain:create", () -> calls.change("POST", records, NOTHING)),
                asked("domain:delete", () -> calls.change("DELETE", records + "/0", null)));
    }

    private static Scope asked(String name, Runnable question) {
        try {
            question.run();
            return new Scope(name, true, "");
        } catch (CloudFailure failure) {
            return switch (failure.kind()) {
                case DENIED -> new Scope(name, false, String.valueOf(failure.getMessage()));
                case ABSENT, REFUSED, QUOTA, PENDING -> new Scope(name, true, "");
                case BUSY, SILENT, UNCLEAR -> throw failure;
            };
        }
    }
}
