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
 * Renders file templates, which come with a plan and so are another's text: they see strings, lists and maps, may test
 * and repeat, and can neither reach Java, files or other templates nor run or grow without end.
 */
public final class TemplateRenderer {
    private static final int OUTPUT_LIMIT = 256 * 1024;
    private static final List<String> DIRECTIVES = List.of("include", "parse", "evaluate", "define", "macro");

    private final RuntimeInstance velocity = new RuntimeInstance();

    public TemplateRenderer() {
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
     * The rendered text. Fails with PLAN_INVALID and a sentence that names the template and the place.
     *
     * @param name of the file that it is for, used in messages
     * @param values strings, lists and maps only
     */
    public String render(String name, String template, Map<String, ?> values) {
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
