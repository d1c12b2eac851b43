package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.memory.MemoryMachines;
import dev.sluice.lab.memory.VirtualClock;
import org.junit.jupiter.api.Test;

/** The validation of all other API tests finds errors; without a specification it is skipped. */
final class OpenApiSpecificationTest {
    @Test
    void findsInvalidResponsesAndRequests() {
        OpenApiSpecification.instance().ifPresent(specification -> {
            String account = "{\"account\":{\"droplet_limit\":25}}";
            assertThatThrownBy(() -> specification.check("GET", "/v2/account", "", 200, account))
                    .hasMessageContaining("floating_ip_limit");
            assertThatThrownBy(() -> specification.check("GET", "/v2/account", "", 401, "{\"id\":\"x\"}"))
                    .hasMessageContaining("message");
            assertThatThrownBy(() -> specification.check("GET", "/v2/tags?per_page=999", "", 200, empty("tags")))
                    .hasMessageContaining("per_page");
            assertThatThrownBy(() -> specification.check("GET", "/v2/tags", "", 200, "{\"tags\":[]}"))
                    .hasMessageContaining("meta");
        });
    }

    @Test
    void listsExactlyTheMissingOperations() {
        OpenApiSpecification.instance().ifPresent(specification -> {
            specification.check("GET", "/v2/dreams", "", 404, "{\"id\":\"not_found\",\"message\":\"no\"}");
            assertThat(specification.outside()).contains("GET /v2/dreams");
        });
    }

    @Test
    void specifiesEveryOperationThatTheReadmeCallsValidated() {
        try (LabCloud cloud = new LabCloud(new MemoryMachines(), new VirtualClock(TestLab.START), TestLab.settings())) {
            for (ApiOperation operation : cloud.operations()) {
                OpenApiSpecification.instance().ifPresent(specification -> {
                    String path = operation.template().replaceAll("\\{[a-z]+}", "1");
                    String refusal = "{\"id\":\"not_found\",\"message\":\"no\"}";
                    assertThatCode(() -> specification.check(operation.method(), path, "", 404, refusal))
                            .doesNotThrowAnyException();
                    assertThat(!specification.outside().contains(operation.method() + " " + path))
                            .as(operation.title())
                            .isEqualTo(operation.specified());
                });
            }
        }
    }

    private static String empty(String key) {
        return "{\"" + key + "\":[],\"links\":{},\"meta\":{\"total\":0}}";
    }
}
