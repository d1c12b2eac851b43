package dev.sluice.lab.droplets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.RoutedRequest;
import java.util.List;

/** The backup policies, which are never enabled. */
final class BackupOperations {
    private final DropletStore fleet;

    BackupOperations(DropletStore fleet) {
        this.fleet = fleet;
    }

    List<ApiOperation> operations() {
        return List.of(
                ApiOperation.get("/v2/droplets/{droplet}/backups/policy", "never enabled", this::policy),
                ApiOperation.get("/v2/droplets/backups/policies", "always empty", this::policies),
                ApiOperation.get("/v2/droplets/backups/supported_policies", "always empty", this::supported));
    }

    private ApiResponse policy(RoutedRequest call) {
        long droplet = fleet.requireDroplet(call).id();
        return ApiResponse.ok(
                "policy", ApiJson.object().put("droplet_id", droplet).put("backup_enabled", false));
    }

    private ApiResponse policies(RoutedRequest call) {
        ObjectNode body = ApiJson.object();
        body.putObject("policies");
        body.putObject("links");
        body.putObject("meta").put("total", 0);
        return new ApiResponse(200, body, 0);
    }

    private ApiResponse supported(RoutedRequest call) {
        return ApiResponse.ok("supported_policies", ApiJson.array());
    }
}
