package dev.sluice.starter.command.cluster;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.NodeNaming;
import dev.sluice.starter.session.ShortRuns;
import dev.sluice.starter.temporal.RunStarter;
import dev.sluice.starter.text.TemplateText;
import dev.sluice.starter.watch.RunFollower;
import dev.sluice.workflows.BakeTemplate;
import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.BakePlan;
import dev.sluice.workflows.model.report.BakeReport;
import io.temporal.common.SearchAttributes;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands below {@code template}. */
final class TemplateCommands {
    private static final DateTimeFormatter TITLE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private TemplateCommands() {}

    /** Returns the parent command with the commands below it. */
    static CommandLine create(CliSession session) {
        return new CommandLine(new TemplateGroup())
                .addSubcommand(new BakeTemplateCommand(session))
                .addSubcommand(new ListTemplatesCommand(session))
                .addSubcommand(new ApproveTemplateCommand(session));
    }

    /** The parent command. */
    @Command(
            name = "template",
            description = "Bakes, lists and approves the templates that nodes are cloned from.",
            synopsisSubcommandLabel = "(bake | list | approve)")
    static final class TemplateGroup {}

    /** Bakes a template. */
    @Command(name = "bake", description = "Bakes a template from the role's base image and recipe.")
    static final class BakeTemplateCommand implements Callable<Integer> {
        private final CliSession session;

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description = "Role of the template: app or proxy.")
        String role = "";

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                defaultValue = "",
                description = "Reason for the template. Recorded in Temporal and shown in reports.")
        String reason = "";

        BakeTemplateCommand(CliSession session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            ClusterFile file = session.clusterFile();
            BakePlan plan = plan(file, DeployCommand.parseRole(file, role));
            session.err()
                    .println("%s / %s: a new template, %s, baked on %s, by %s"
                            .formatted(file.name(), plan.role(), plan.title(), plan.machine(), plan.by()));
            session.err().flush();
            Run run = start(plan);
            session.err().println("Web UI  " + session.links().workflowPage(run.id()));
            session.err().flush();
            return new RunFollower<>(session, run, BakeReport.class).follow();
        }

        private BakePlan plan(ClusterFile file, Role asked) {
            NodeName machine = new NodeNaming(new SecureRandom())
                    .generate(file.name(), asked + "-bake", 1)
                    .get(0);
            String title = "%s-%s %s"
                    .formatted(file.name(), asked, TITLE.format(session.clock().instant()));
            return new BakePlan(
                    file,
                    asked,
                    machine,
                    title,
                    session.requestedBy(),
                    reason,
                    session.clock().instant());
        }

        private Run start(BakePlan plan) {
            String id = WorkflowIds.bake(plan.file().name(), plan.role());
            SearchAttributes attributes = SearchAttributes.newBuilder()
                    .set(SluiceAttributes.CLUSTER, plan.file().name().value())
                    .set(SluiceAttributes.ROLE, plan.role().word())
                    .build();
            String summary = "bake %s, by %s".formatted(plan.title(), plan.by());
            try {
                return session.starts()
                        .start(
                                BakeTemplate.class,
                                id,
                                new RunStarter.RunLabels(attributes, summary, plan.reason()),
                                plan);
            } catch (RunStarter.AlreadyRunningException taken) {
                throw new CliException(
                        ExitCode.REFUSED,
                        "Refused: a bake of %s / %s is already running.%nWatch it: %s"
                                .formatted(
                                        plan.file().name(),
                                        plan.role(),
                                        CommandHints.watch(taken.run().displayName())),
                        taken);
            }
        }
    }

    /** Lists templates. */
    @Command(name = "list", description = "Lists the cluster's templates, newest first.")
    static final class ListTemplatesCommand implements Callable<Integer> {
        private final CliSession session;

        ListTemplatesCommand(CliSession session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            ClusterFile file = session.clusterFile();
            List<Template> templates =
                    new ShortRuns(session).templates(file.name(), Optional.empty(), Optional.empty());
            session.printResult(templates, TemplateText.lines(templates, session.clock()));
            session.err().println("Web UI  " + session.links().clusterPage(file.name()));
            return ExitCode.DONE;
        }
    }

    /** Approves a template. */
    @Command(name = "approve", description = "Approves a template, so that nodes can be cloned from it.")
    static final class ApproveTemplateCommand implements Callable<Integer> {
        private final CliSession session;

        @Parameters(paramLabel = "IMAGE", description = "ID of the template, as template list prints it.")
        long image;

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Reason for the approval. Recorded on the template and shown by template list.")
        String reason = "";

        ApproveTemplateCommand(CliSession session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            ClusterFile file = session.clusterFile();
            Approval approval =
                    new Approval(session.requestedBy(), session.clock().instant(), reason);
            List<Template> templates =
                    new ShortRuns(session).templates(file.name(), Optional.of(image), Optional.of(approval));
            Template approved = templates.stream()
                    .filter(template ->
                            template.image() == image && template.approval().isPresent())
                    .findFirst()
                    .orElseThrow(() -> new CliException(
                            ExitCode.USAGE,
                            "%s has no template %d.  See: %s".formatted(file.name(), image, CommandHints.templates())));
            session.printResult(
                    approved,
                    List.of("Approved: %s.  Clone it: %s"
                            .formatted(approved.name(), CommandHints.deploy(approved.role()))));
            session.err().println("Web UI  " + session.links().clusterPage(file.name()));
            return ExitCode.DONE;
        }
    }
}
