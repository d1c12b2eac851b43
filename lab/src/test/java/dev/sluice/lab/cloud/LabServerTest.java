package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lab.memory.MemoryMachines;
import dev.sluice.lab.memory.VirtualClock;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

final class LabServerTest {
    @Test
    void linksLeadToTheAddressThatTheClientUsed() {
        try (TestLab lab = open()) {
            String local = lab.server.url().replace("127.0.0.1", "localhost");
            TestApiClient.ReceivedResponse page =
                    new TestApiClient(local, lab.cloud.settings().token()).get("/v2/sizes?per_page=1");
            assertThat(page.json().at("/links/pages/next").asText()).startsWith(local + "/v2/sizes");
        }
    }

    @Test
    void linksIgnoreAForeignHostName() {
        try (TestLab lab = open()) {
            assertThat(RawRequest.body(lab, "/v2/sizes?per_page=1"))
                    .contains(lab.server.url() + "/v2/sizes?page=2")
                    .doesNotContain("api.digitalocean.com");
        }
    }

    @Test
    void aClosedServerAnswersNoRequest() {
        TestLab lab = open();
        lab.close();
        assertThatThrownBy(() -> lab.api.get("/v2/account")).isInstanceOf(UncheckedIOException.class);
    }

    private static TestLab open() {
        VirtualClock clock = new VirtualClock(TestLab.START);
        return new TestLab(new MemoryMachines(), clock, TestLab.settings(), clock::advance);
    }
}
