package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.lab.api.ApiOperation;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metrics of droplets. */
interface MetricContract extends LabContract {
    String UNTIL_NOW = "&start=0&end=99999999999";

    /** Whether this lab's machines run real programs. */
    default boolean isUsed() {
        return true;
    }

    @Test
    default void everyMetricIsAMatrixWithAValueOnRealMachines() {
        in(lab -> {
            String host = "?host_id=" + lab.droplet("app-1") + UNTIL_NOW;
            List<String> figures = lab.cloud.operations().stream()
                    .map(ApiOperation::template)
                    .filter(template ->
                            template.startsWith("/v2/monitoring/") && !template.matches(".*/(cpu|bandwidth)"))
                    .toList();
            assertThat(figures).hasSize(9);
            for (String figure : figures) {
                JsonNode data = lab.api.get(figure + host).json().path("data");
                assertThat(data.path("resultType").asText()).isEqualTo("matrix");
                assertThat(data.path("result")).as(figure).hasSize(isUsed() ? 1 : 0);
                if (isUsed()) {
                    assertThat(Double.parseDouble(
                                    data.at("/result/0/values/0/1").asText()))
                            .as(figure)
                            .isNotNegative();
                }
            }
            JsonNode cpu =
                    lab.api.get("/v2/monitoring/metrics/droplet/cpu" + host).json();
            assertThat(cpu.at("/data/result").findValuesAsText("mode").contains("idle"))
                    .isEqualTo(isUsed());
            JsonNode sent = lab.api
                    .get("/v2/monitoring/metrics/droplet/bandwidth" + host + "&interface=private&direction=outbound")
                    .json();
            assertThat(sent.at("/data/result")).hasSize(isUsed() ? 1 : 0);
        });
    }

    @Tag(API_ONLY)
    @ParameterizedTest
    @CsvSource({
        "'', 400",
        "'?host_id=7&start=0&end=1', 404",
        "'?host_id=ID&end=1', 400",
        "'?host_id=ID&start=now&end=1', 400",
        "'?host_id=ID&start=2&end=1', 400"
    })
    default void aWrongQuestionIsRefused(String query, int status) {
        in(lab -> {
            long id = lab.droplet("app-1");
            assertThat(lab.api
                            .get("/v2/monitoring/metrics/droplet/load_1" + query.replace("ID", "" + id))
                            .status())
                    .isEqualTo(status);
        });
    }
}
