package dev.sluice.starter.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** Values of one mapping; each wrong one is a problem with its line and its key, and reading continues. */
final class YamlSectionTest {
    private final ProblemCollector problems = new ProblemCollector();

    private YamlSection section(String yaml) {
        return new YamlSection(new Yaml().compose(new StringReader(yaml)), "", problems);
    }

    private List<String> found() {
        return problems.byLine().stream()
                .map(problem -> problem.line() + " " + problem.path())
                .toList();
    }

    @Test
    void readsValuesOfEachKind() {
        YamlSection section = section("""
                name: hello
                port: 8080
                load: 6.5
                strict: true
                every: 90s
                hosts: [a, b]
                ports: [80, 443]
                """);

        assertThat(section.text("name", text -> true, "a name")).isEqualTo("hello");
        assertThat(section.number("port", 1, 65535)).isEqualTo(8080);
        assertThat(section.decimal("load", 5)).isEqualTo(6.5);
        assertThat(section.flag("strict", false)).isTrue();
        assertThat(section.duration("every", Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
        assertThat(section.words("hosts")).containsExactly("a", "b");
        assertThat(section.ports("ports")).containsExactly(80, 443);
        section.reportUnknownKeys();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void readsTheDefaultOfAMissingKey() {
        YamlSection section = section("name: hello");

        assertThat(section.text("host", "www", text -> true, "a host")).isEqualTo("www");
        assertThat(section.optional("vpc", text -> true, "a UUID")).isEmpty();
        assertThat(section.number("ttl", 30, 1, 60)).isEqualTo(30);
        assertThat(section.decimal("load", 5)).isEqualTo(5);
        assertThat(section.flag("strict", true)).isTrue();
        assertThat(section.duration("every", Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
        assertThat(section.words("hosts")).isEmpty();
        assertThat(section.ports("ports")).isEmpty();
        assertThat(section.section("dns", part -> "read")).isEmpty();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void reportsEachMissingKey() {
        YamlSection section = section("other: 1");

        section.text("name", text -> true, "a name");
        section.number("port", 1, 9);
        Optional<String> roles = section.requiredSection("roles", part -> "read");

        assertThat(roles).isEmpty();
        assertThat(found()).containsExactly("1 name", "1 port", "1 roles");
    }

    @ParameterizedTest
    @CsvSource({
        "port: web",
        "port: 0",
        "port: 65536",
        "port: 99999999999",
        "port: -1",
        "port: 1.5",
        "port:",
        "port: [80]",
        "port: {a: b}"
    })
    void reportsANumberThatIsOutOfRange(String yaml) {
        section("name: x\n" + yaml).number("port", 1, 65535);

        assertThat(found()).containsExactly("2 port");
    }

    @ParameterizedTest
    @CsvSource({"strict: yes", "strict: 1", "strict: 'True'"})
    void reportsAFlagThatIsNeitherTrueNorFalse(String yaml) {
        section(yaml).flag("strict", false);

        assertThat(found()).containsExactly("1 strict");
    }

    @ParameterizedTest
    @CsvSource({"load: fast", "load: -1", "load: 1e3", "load: 1.", "load: 12345678"})
    void reportsADecimalThatIsNone(String yaml) {
        section(yaml).decimal("load", 5);

        assertThat(found()).containsExactly("1 load");
    }

    @Test
    void reportsEachWrongItemOfAList() {
        YamlSection section = section("""
                hosts:
                - a
                - [b]
                -
                ports: [80, web, 0, 70000]
                each: word
                """);

        assertThat(section.words("hosts")).hasSize(3).startsWith("a");
        assertThat(section.ports("ports")).hasSize(4).startsWith(80);
        assertThat(section.words("each")).isEmpty();

        assertThat(found())
                .containsExactly("3 hosts[1]", "4 hosts[2]", "5 ports[1]", "5 ports[2]", "5 ports[3]", "6 each");
    }

    @Test
    void readsSectionsInsideAndNamesTheirPath() {
        YamlSection section = section("""
                roles:
                  app: {size: small, colour: red}
                list:
                - {size: big}
                - {}
                """);

        Optional<String> size = section.requiredSection(
                "roles",
                roles -> roles.requiredSection("app", app -> app.text("size", text -> true, "a size"))
                        .orElse(""));
        List<String> sizes = section.each("list", item -> item.text("size", text -> true, "a size"));

        assertThat(size).contains("small");
        assertThat(sizes).containsExactly("big", "");
        assertThat(found()).containsExactly("2 roles.app.colour", "5 list[1].size");
    }

    @Test
    void reportsUnknownAndRepeatedKeys() {
        YamlSection section = section("name: a\nname: b\nnmae: c\n[x]: d\n");
        section.text("name", text -> true, "a name");

        section.reportUnknownKeys();

        assertThat(found()).containsExactly("2 name", "3 nmae", "4 ");
        assertThat(problems.byLine().get(1).says()).contains("name?");
    }

    @Test
    void reportsAValueThatIsNoMapping() {
        section("- a list");

        assertThat(found()).containsExactly("1 ");
    }

    @Test
    void addsProblemsOfItsReader() {
        YamlSection section = section("a: 1\nb: 2\n");

        section.problem("b", "is too small");
        section.problem("c", "would be better");
        section.problem("is odd");

        assertThat(problems.byLine())
                .containsExactlyInAnyOrder(
                        new ClusterFileProblem(1, "c", "would be better"),
                        new ClusterFileProblem(1, "", "is odd"),
                        new ClusterFileProblem(2, "b", "is too small"));
        assertThat(new ClusterFileProblem(2, "b", "is too small")).hasToString("line 2  b: is too small");
        assertThat(new ClusterFileProblem(1, "", "is odd")).hasToString("line 1  is odd");
    }
}
