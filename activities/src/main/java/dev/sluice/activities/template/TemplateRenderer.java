package dev.sluice.activities.template;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.velocity.Template;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.exception.VelocityException;
import org.apache.velocity.runtime.RuntimeInstance;
import org.apache.velocity.runtime.parser.ParseException;
import org.apache.velocity.runtime.parser.node.SimpleNode;

/**
 * Renders file templates. They are untrusted text of a plan: they see strings, lists and maps, may branch and repeat,
 * and can neither reach Java, files or other templates nor run or grow without end.
 */
final class TemplateRenderer {
    private static final int OUTPUT_LIMIT = 256 * 1024;
    private static final List<String> DIRECTIVES = List.of("include", "parse", "evaluate", "define", "macro");

    private final RuntimeInstance velocity = new RuntimeInstance();

    TemplateRenderer() {
        Properties settings = new Properties();
        settings.setProperty("introspector.uberspect.class", BoundedUberspector.class.getName());
        settings.setProperty("runtime.strict_mode.enable", "true");
        settings.setProperty("runtime.interpolate_string_literals", "false");
        settings.setProperty("directive.foreach.max_loops", "10000");
        settings.setProperty("velocimacro.inline.allow", "false");
        settings.setProperty("velocimacro.library.path", "");
        settings.setProperty("parser.pool.size", "2");
        velocity.init(settings);
        DIRECTIVES.forEach(velocity::removeDirective);
    }

    /**
     * Returns the rendered text. Fails with PLAN_INVALID, which names the template and the position.
     *
     * @param name of the rendered file, used in messages
     * @param values strings, lists and maps only
     */
    String render(String name, String template, Map<String, ?> values) {
        values.forEach((key, value) -> TemplateValues.check(key, value));
        LimitedWriter out = new LimitedWriter(name, OUTPUT_LIMIT);
        try {
            SimpleNode tree = velocity.parse(new StringReader(template), named(name));
            AllowedDirectives.check(name, tree);
            BoundedUberspector.runBounded(
                    name, () -> velocity.render(new VelocityContext(TemplateValues.copy(values)), out, name, tree));
            return out.toString();
        } catch (ParseException | VelocityException wrong) {
            throw TypedFailures.of(
                    FailureType.PLAN_INVALID,
                    "The file template for %s cannot be rendered: %s".formatted(name, oneLine(wrong)));
        }
    }

    private Template named(String name) {
        Template template = new Template();
        template.setName(name);
        return template;
    }

    private static String oneLine(Exception wrong) {
        String text = String.valueOf(wrong.getMessage()).replaceAll("\\s+", " ");
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
