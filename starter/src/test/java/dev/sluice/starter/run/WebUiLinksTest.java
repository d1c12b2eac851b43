package dev.sluice.starter.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.model.cluster.ClusterName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebUiLinksTest {
    private static final String BASE = "http://127.0.0.1:8233/namespaces/my%20space";

    private final WebUiLinks links = new WebUiLinks("http://127.0.0.1:8233", "my space");

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8233", "http://127.0.0.1:8233/"})
    void ignoresASlashAtTheEndOfTheAddress(String address) {
        assertThat(new WebUiLinks(address, "my space").schedules()).isEqualTo(BASE + "/schedules");
    }

    @Test
    void encodesTheIdOfARun() {
        assertThat(links.workflowPage("node/hello/a b+c")).isEqualTo(BASE + "/workflows/node%2Fhello%2Fa%20b%2Bc");
        assertThat(links.runPage(new Run("change/hello/app", "01a20498")))
                .isEqualTo(BASE + "/workflows/change%2Fhello%2Fapp/01a20498/timeline");
    }

    @Test
    void encodesAFilter() {
        assertThat(links.filteredPage("WorkflowType IN ('ChangeRole')"))
                .isEqualTo(BASE + "/workflows?query=WorkflowType%20IN%20%28%27ChangeRole%27%29");
        assertThat(links.clusterPage(new ClusterName("hello")))
                .isEqualTo(BASE + "/workflows?query=SluiceCluster%3D%22hello%22");
    }
}
