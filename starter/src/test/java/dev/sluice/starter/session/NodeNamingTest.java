package dev.sluice.starter.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.starter.TestReports;
import dev.sluice.starter.run.CliException;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeNamingTest {
    private static final ClusterName HELLO = new ClusterName("hello");
    private static final ClusterFile FILE = TestReports.file();

    /** Gives each number twice, as if chance repeated itself. */
    private static RandomGenerator repeating() {
        return new RandomGenerator() {
            private int calls;

            @Override
            public int nextInt(int bound) {
                return calls++ / 8 % bound;
            }

            @Override
            public long nextLong() {
                return 0;
            }
        };
    }

    @Test
    void generatesAsManyNamesAsAsked() {
        assertThat(new NodeNaming(new Random(1)).generate(HELLO, "app", 50))
                .hasSize(50)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name.value()).matches("hello-app-[a-hj-km-np-z2-9]{4}"));
    }

    @Test
    void drawsAgainIfANameRepeats() {
        assertThat(new NodeNaming(repeating()).generate(HELLO, "proxy", 3))
                .extracting(NodeName::value)
                .containsExactly("hello-proxy-aaaa", "hello-proxy-bbbb", "hello-proxy-cccc");
    }

    @Test
    void leavesOutLettersThatLookLikeDigits() {
        NodeNaming naming = new NodeNaming(new Random(2));

        for (int i = 0; i < 500; i++) {
            assertThat(naming.suffix()).hasSize(4).doesNotContain("0", "o", "1", "i", "l");
        }
    }

    @ParameterizedTest
    @CsvSource({"hello-app-k3f9,APP", "hello-proxy-abcd,PROXY", "hello-app-bake-k3f9,APP"})
    void readsTheRoleFromTheName(String name, Role role) {
        assertThat(NodeNaming.role(FILE, NodeNaming.parse(name))).isEqualTo(role);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other-app-k3f9", "hello-k3f9", "hello-db-k3f9", "app-k3f9"})
    void rejectsANameOfNoRoleOfTheCluster(String name) {
        CliException wrong = catchThrowableOfType(CliException.class, () -> NodeNaming.role(FILE, new NodeName(name)));

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.sentence()).contains(name, "hello-app-", "hello-proxy-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Hello-app", "hello_app", "hello app", "-hello"})
    void rejectsATextThatIsNoName(String text) {
        CliException wrong = catchThrowableOfType(CliException.class, () -> NodeNaming.parse(text));

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.sentence()).contains(text);
    }

    @Test
    void findsOneRoleForNodesOfTheSameRole() {
        assertThat(NodeNaming.role(FILE, List.of(new NodeName("hello-proxy-a"), new NodeName("hello-proxy-b"))))
                .isEqualTo(Role.PROXY);
    }

    @Test
    void rejectsNodesOfSeveralRoles() {
        CliException wrong = catchThrowableOfType(
                CliException.class,
                () -> NodeNaming.role(FILE, List.of(new NodeName("hello-proxy-a"), new NodeName("hello-app-b"))));

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.sentence()).contains("proxy and app", "2");
    }
}
