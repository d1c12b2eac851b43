package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.Starts;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import dev.sluice.starter.text.Run;
import dev.sluice.starter.text.TemplateText;
import dev.sluice.starter.text.Trouble;
import dev.sluice.starter.watch.Attached;
import dev.sluice.workflows.BakeTemplate;
import dev.sluice.workflows.Names;
import dev.sluice.workflows.model.Approval;
import dev.sluice.workflows.model.BakePlan;
import dev.sluice.workflows.model.BakeReport;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.Template;
import io.temporal.common.SearchAttributes;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands below {@code template}. */
public final class TemplateCommands {
    private static final DateTimeFormatter TITLE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private TemplateCommands() {}

    /** What there is below it. */
    @Command(
            name = "template",
            description = "Makes, lists and approves the templates that nodes are cloned from.",
            synopsisSubcommandLabel = "(bake | list | approve)")
    public static final class Group {}

    /** Makes a template. */
    @Command(name = "bake", description = "Makes a template from the role's base image and recipe.")
    public static final class Bake implements Callable<Integer> {
        private final Session session;

        @Option(names = "--role", required = true, paramLabel = "ROLE", description = "app or proxy.")
        String role = "";

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                defaultValue = "",
                description = "Why; everybody gets to read it.")
        String reason = "";

        public Bake(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            ClusterFile file = session.clusterFile();
            BakePlan plan = plan(file, Deploy.role(file, role));
            session.err()
                    .println("%s / %s: a new template, %s, baked on %s, by %s"
                            .formatted(file.name(), plan.role(), plan.title(), plan.machine(), plan.by()));
            session.err().flush();
            Run run = start(plan);
            session.err().println("Web UI  " + session.links().of(run.id()));
            session.err().flush();
            return new Attached<>(session, run, BakeReport.class).follow();
        }

        private BakePlan plan(ClusterFile file, Role asked) {
            NodeName machine = new NodeNames(new SecureRandom())
                    .fresh(file.name(), asked + "-bake", 1)
                    .get(0);
            String title = "%s-%s %s"
                    .formatted(file.name(), asked, TITLE.format(session.clock().instant()));
            return new BakePlan(
                    file,
                    asked,
                    machine,
                    title,
                    session.by(),
                    reason,
                    session.clock().instant());
        }

        private Run start(BakePlan plan) {
            String id = Names.bake(plan.file().name(), plan.role());
            SearchAttributes attributes = SearchAttributes.newBuilder()
                    .set(Names.CLUSTER, plan.file().name().value())
                    .set(Names.ROLE, plan.role().word())
                    .build();
            String summary = "bake %s, by %s".formatted(plan.title(), plan.by());
            try {
                return session.starts()
                        .start(BakeTemplate.class, id, new Starts.Labels(attributes, summary, plan.reason()), plan);
            } catch (Starts.Taken taken) {
                throw new Trouble(
                        ExitCode.REFUSED,
                        "Refused: a template of %s / %s is being baked already.%nWatch it: %s"
                                .formatted(
                                        plan.file().name(),
                                        plan.role(),
                                        Hints.watch(taken.run().shown())),
                        taken);
            }
        }
    }

    /** Lists them. */
    @Command(name = "list", description = "Lists the cluster's templates, the newest first.")
    public static final class Listing implements Callable<Integer> {
        private final Session session;

        public Listing(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            ClusterFile file = session.clusterFile();
            List<Template> templates = new Reading(session).templates(file.name(), Optional.empty(), Optional.empty());
            session.result(templates, TemplateText.lines(templates, session.clock()));
            session.err().println("Web UI  " + session.links().of(file.name()));
            return ExitCode.DONE;
        }
    }

    /** Releases one. */
    @Command(name = "approve", description = "Releases a template: nodes may be cloned from it.")
    public static final class Approving implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "IMAGE", description = "The template's id, as template list prints it.")
        long image;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why; everybody gets to read it.")
        String reason = "";

        public Approving(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            ClusterFile file = session.clusterFile();
            Approval approval = new Approval(session.by(), session.clock().instant(), reason);
            List<Template> templates =
                    new Reading(session).templates(file.name(), Optional.of(image), Optional.of(approval));
            Template approved = templates.stream()
                    .filter(template ->
                            template.image() == image && template.approval().isPresent())
                    .findFirst()
                    .orElseThrow(() -> new Trouble(
                            ExitCode.USAGE,
                            "%s has no template %d.  See: %s".formatted(file.name(), image, Hints.templates())));
            session.result(
                    approved,
                    List.of("Approved: %s.  Clone it: %s".formatted(approved.name(), Hints.deploy(approved.role()))));
            session.err().println("Web UI  " + session.links().of(file.name()));
            return ExitCode.DONE;
        }
    }
}
