package dev.sluice.lab.cloud;

import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.droplets.DropletStore;

/** What the API says of backups where nobody makes any. */
final class BackupOperations {
    private final DropletStore fleet;

    BackupOperations(DropletStore fleet) {
        this.fleet = fleet;
    }

    ApiResponse policy(RoutedRequest call) {
        long droplet = fleet.requireDroplet(call).id;
        return ApiResponse.ok(
                "policy", ApiJson.object().put("droplet_id", droplet).put("backup_enabled", false));
    }

    ApiResponse policies(RoutedRequest call) {
        var body = ApiJson.object();
        body.putObject("policies");
        body.putObject("links");
        body.putObject("meta").put("total", 0);
        return new ApiResponse(200, body, 0);
    }

    ApiResponse supported(RoutedRequest call) {
        return ApiResponse.ok("supported_policies", ApiJson.array());
    }
}
