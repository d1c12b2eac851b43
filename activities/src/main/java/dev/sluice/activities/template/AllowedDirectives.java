package dev.sluice.activities.template;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import java.util.Set;
import org.apache.velocity.runtime.parser.node.ASTDirective;
import org.apache.velocity.runtime.parser.node.ASTIntegerRange;
import org.apache.velocity.runtime.parser.node.ASTSetDirective;
import org.apache.velocity.runtime.parser.node.Node;

/** Rejects directives that could read, run or grow without end, before a template is rendered. */
final class AllowedDirectives {
    private static final Set<String> DIRECTIVES = Set.of("foreach", "break", "stop");

    private AllowedDirectives() {}

    static void check(String name, Node node) {
        if (node instanceof ASTDirective directive && !DIRECTIVES.contains(directive.getDirectiveName())) {
            throw refused(name, node, "#" + directive.getDirectiveName());
        }
        if (node instanceof ASTSetDirective) {
            throw refused(name, node, "#set");
        }
        if (node instanceof ASTIntegerRange) {
            throw refused(name, node, "a range of numbers");
        }
        for (int child = 0; child < node.jjtGetNumChildren(); child++) {
            check(name, node.jjtGetChild(child));
        }
    }

    private static RuntimeException refused(String name, Node node, String what) {
        return TypedFailures.of(
                FailureType.PLAN_INVALID,
                "The file template for %s uses %s in line %d; only #if, #foreach and values are allowed"
                        .formatted(name, what, node.getLine()));
    }
}
