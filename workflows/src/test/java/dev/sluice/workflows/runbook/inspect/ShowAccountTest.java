package dev.sluice.workflows.runbook.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.ShowAccount;
import dev.sluice.workflows.fake.DocumentPage;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.CloudAccount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShowAccountTest {
    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    @Test
    void showsTheAccount() {
        FakeWorld world = FakeWorld.cluster();

        CloudAccount account =
                temporal.in(world).stub(ShowAccount.class, "account").run();

        assertThat(account.domains()).containsExactly("hello.example");
        assertThat(account.droplets()).isEqualTo(4);
        assertThat(world.calls.names())
                .containsExactlyElementsOf(
                        DocumentPage.of("runbooks/show-account.md").activities());
    }
}
