package dev.sluice.starter.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.command.run.FakeChangeRole;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetireCommandTest {
    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    @Test
    void plansEachNamedNodeOnce() {
        server.offer(FakeChangeRole.class);

        CliOutcome retire = server.run(
                "retire", "hello-app-k3f9", "hello-app-9xd2", "hello-app-k3f9", "--reason", "smaller cluster");

        assertThat(retire.code()).as(retire.all()).isZero();
        ChangePlan plan = server.planOf("change/hello/app", ChangePlan.class);
        assertThat(plan.kind()).isEqualTo(ChangeKind.RETIRE);
        assertThat(plan.role()).isEqualTo(Role.APP);
        assertThat(plan.nodes()).extracting(NodeName::value).containsExactly("hello-app-k3f9", "hello-app-9xd2");
        assertThat(plan.by()).isEqualTo("ana");
        assertThat(plan.reason()).isEqualTo("smaller cluster");
        assertThat(plan.template()).isEmpty();
        assertThat(plan.approval()).isEmpty();
    }

    @Test
    void locksTheRoleThatTheNameTells() {
        server.offer(FakeChangeRole.class);

        CliOutcome retire = server.run("retire", "hello-proxy-abcd");

        assertThat(retire.code()).as(retire.all()).isZero();
        assertThat(server.planOf("change/hello/proxy", ChangePlan.class).role()).isEqualTo(Role.PROXY);
        assertThat(server.attributeOf("change/hello/proxy", "SluiceNode")).contains("hello-proxy-abcd");
        assertThat(server.knowsNo("change/hello/app")).isTrue();
    }

    @Test
    void acceptsTheNamedProxiesAndNoChangedClusterFile() {
        server.offer(FakeChangeRole.class);

        server.run("retire", "hello-app-k3f9", "--without-proxy", "hello-proxy-abcd", "--reason", "it is down");

        ChangePlan plan = server.planOf("change/hello/app", ChangePlan.class);
        assertThat(plan.withoutProxies()).extracting(NodeName::value).containsExactly("hello-proxy-abcd");
        assertThat(plan.acceptConfig()).isFalse();
    }

    @Test
    void refusesWhileTheRoleIsBeingChanged() {
        server.offer(FakeChangeRole.class);
        assertThat(server.run("deploy", "--role", "app", "--reason", "waits").code())
                .isEqualTo(6);

        CliOutcome retire = server.run("retire", "hello-app-k3f9");

        assertThat(retire.code()).isEqualTo(5);
        assertThat(retire.err()).contains("hello / app", "ana", "waits", "--wait");
        assertThat(server.run("retire", "hello-proxy-abcd").code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "hello-app-k3f9 hello-proxy-abcd,app and proxy",
        "other-app-k3f9,other-app-k3f9",
        "Hello-App,Hello-App",
        "hello-app-k3f9 --without-proxy hello-proxy-abcd,--reason",
        "hello-app-k3f9 --without-proxy web! --reason down,web!"
    })
    void rejectsNodesThatOneChangeCannotRetire(String words, String named) {
        CliOutcome retire = server.run(("retire " + words).split(" "));

        assertThat(retire.code()).isEqualTo(2);
        assertThat(retire.out()).isEmpty();
        assertThat(retire.err()).contains(named);
        assertThat(server.knowsNo("change/hello/app")).isTrue();
    }
}
