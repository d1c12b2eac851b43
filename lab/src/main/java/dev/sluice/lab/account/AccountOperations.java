package dev.sluice.lab.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.ResultPage;
import dev.sluice.lab.api.RoutedRequest;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The account itself, its projects, and the regions, sizes and certificates that it can use. */
public final class AccountOperations {
    /** How many reserved addresses an account may have. */
    public static final int RESERVED_IP_LIMIT = 200;

    private final LabSettings settings;
    private final ProjectOperations projects;

    /** @param urns the resources that exist, such as {@code do:droplet:540000001} */
    public AccountOperations(LabRuntime runtime, Supplier<Stream<String>> urns) {
        this.settings = runtime.settings();
        this.projects = new ProjectOperations(urns, runtime.clock());
    }

    public List<ApiOperation> operations() {
        List<ApiOperation> own = List.of(
                ApiOperation.get("/v2/account", "the account and its droplet limit", this::account),
                ApiOperation.get("/v2/regions", "three regions, all on this machine", AccountOperations::regions),
                ApiOperation.get(
                        "/v2/sizes", "sizes, the smallest with half a terabyte of transfer", AccountOperations::sizes),
                ApiOperation.get("/v2/certificates", "always empty", AccountOperations::certificates)
                        .unspecified());
        return Stream.concat(own.stream(), projects.operations().stream()).toList();
    }

    private ApiResponse account(RoutedRequest call) {
        ObjectNode account = ApiJson.object()
                .put("droplet_limit", settings.dropletLimit())
                .put("floating_ip_limit", RESERVED_IP_LIMIT)
                .put("reserved_ip_limit", RESERVED_IP_LIMIT)
                .put("email", "lab@sluice.example")
                .put("name", "Sluice lab")
                .put("uuid", "5a7e1ab0-0000-4000-8000-000000000001")
                .put("email_verified", true)
                .put("status", "active")
                .put("status_message", "");
        account.putObject("team")
                .put("uuid", "5a7e1ab0-0000-4000-8000-000000000002")
                .put("name", "My Team");
        return ApiResponse.ok("account", account);
    }

    private static ApiResponse regions(RoutedRequest call) {
        return ResultPage.respond(call, "regions", RegionCatalog.REGIONS, RegionCatalog.Region::json);
    }

    private static ApiResponse sizes(RoutedRequest call) {
        return ResultPage.respond(call, "sizes", RegionCatalog.SIZES, RegionCatalog.DropletSize::json);
    }

    private static ApiResponse certificates(RoutedRequest call) {
        return ResultPage.respond(call, "certificates", List.of(), ApiJson::same);
    }
}
