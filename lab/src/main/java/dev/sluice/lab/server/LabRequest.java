package dev.sluice.lab.server;

import dev.sluice.lab.api.ApiOperation;
import java.util.HashMap;
import java.util.Map;

/**
 * One HTTP request.
 *
 * @param query as in the address, empty without one
 * @param token the text after {@code Bearer}, empty without one
 * @param base the server's URL as the client reached it
 * @param dangerous whether there is a header {@code X-Dangerous: true}
 */
record LabRequest(String method, String path, String query, String token, String body, String base, boolean dangerous) {
    String pathAndQuery() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.put(ApiOperation.decode(name), ApiOperation.decode(value));
        }
        return parameters;
    }
}
