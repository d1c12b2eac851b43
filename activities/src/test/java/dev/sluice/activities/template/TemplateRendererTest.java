package dev.sluice.activities.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateRendererTest {
    private final TemplateRenderer renderer = new TemplateRenderer();
    private final Map<String, Object> values = Map.of(
            "node",
            "hello-app-1",
            "members",
            new TreeMap<>(Map.of("a", "10.0.0.1:8080", "b", "10.0.0.2:8080")),
            "list",
            List.of("x", "y"));

    @Test
    void rendersValuesConditionsAndLoops() {
        String template = """
                ServerName $node
                #foreach($member in $members.entrySet())
                BalancerMember http://$member.value route=$member.key
                #end
                #if($members.isEmpty())none#else${members.size()} members, $list.get(1)#end.
                """;
        assertThat(renderer.render("site.conf", template, values)).isEqualTo("""
                ServerName hello-app-1
                BalancerMember http://10.0.0.1:8080 route=a
                BalancerMember http://10.0.0.2:8080 route=b
                2 members, y.
                """);
    }

    @Test
    void keepsApacheVariablesInATextBlock() {
        assertThat(renderer.render("x", "#[[${APACHE_LOG_DIR}]]# %{X-Y}e ^/$ cost: $1", values))
                .isEqualTo("${APACHE_LOG_DIR} %{X-Y}e ^/$ cost: $1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$missing",
                "#set($x = 1)",
                "#parse('/etc/passwd')",
                "#include('/etc/passwd')",
                "#evaluate('$node')",
                "#define($x)y#end",
                "#macro(again)#again()#end#again()",
                "#foreach($i in [1..2000000000])$i#end",
                "$node.class",
                "$node.getClass()",
                "$node.getClass().forName('java.lang.Runtime').getRuntime().exec('id')",
                "$node.repeat(1000000000)",
                "$node.replaceAll('(a+)+b', 'c')",
                "$list.iterator().remove()",
                "$members.put('c', 'd')",
                "$members.class.classLoader",
                "#if($node",
            })
    void rejectsHostileAndBrokenTemplates(String template) {
        assertThatThrownBy(() -> renderer.render("/etc/x.conf", template, values))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("PLAN_INVALID");
                    assertThat(failure.getOriginalMessage()).contains("/etc/x.conf");
                });
    }

    @Test
    void doesNotRenderValues() {
        assertThat(renderer.render("x", "#if(\"#include('/etc/passwd')\" == $node)yes#{else}no#end", values))
                .isEqualTo("no");
        assertThat(renderer.render("x", "$evil", Map.of("evil", "#include('/etc/passwd') $node")))
                .isEqualTo("#include('/etc/passwd') $node");
    }

    @Test
    void stopsOutputAt256Kib() {
        Map<String, Object> many = Map.of(
                "all", IntStream.range(0, 2000).mapToObj(n -> "x".repeat(200)).toList());
        assertThatThrownBy(() -> renderer.render("big.conf", "#foreach($x in $all)$x#end", many))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getOriginalMessage())
                                .isEqualTo("The file template for big.conf renders to more than 256 KiB"));
    }

    @Test
    void stopsSilentLoopsAfterTwoSeconds() {
        Map<String, Object> many =
                Map.of("all", IntStream.range(0, 2000).mapToObj(n -> "x").toList());
        String endless = "#foreach($a in $all)#foreach($b in $all)#foreach($c in $all)#end#end#end";
        assertThatThrownBy(() -> renderer.render("slow.conf", endless, many))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getOriginalMessage())
                                .isEqualTo("The file template for slow.conf is not rendered after 2 s"));
    }

    @Test
    void acceptsOnlyStringsListsAndMaps() {
        assertThatThrownBy(() -> renderer.render("x", "$object", Map.of("object", new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("object");
    }
}
