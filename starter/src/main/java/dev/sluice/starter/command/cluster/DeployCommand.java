package dev.sluice.starter.command.cluster;

import dev.sluice.starter.clusterfile.DurationParser;
import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.NodeNaming;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ApprovalTerms;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Puts new nodes into service. */
@Command(name = "deploy", description = "Puts new nodes of a role into service; rolls everything back if that fails.")
final class DeployCommand implements Callable<Integer> {
    private static final int MOST = 50;
    private static final Duration DEFAULT_APPROVAL_TIME = Duration.ofHours(24);

    private final CliSession session;

    @Option(names = "--role", required = true, paramLabel = "ROLE", description = "Role of the nodes: app or proxy.")
    String role = "";

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of nodes, 1 to 50 (default: 1).")
    int count = 1;

    @Option(
            names = "--template",
            paramLabel = "TEMPLATE",
            description = "ID or name of the template (default: the newest approved one).")
    @Nullable
    String template;

    @Option(
            names = "--needs-approval",
            description = "Waits for an approval before anything is created. Not with --approve-after-gate.")
    boolean needsApproval;

    @Option(
            names = "--approve-after-gate",
            description =
                    "Creates the nodes and waits for an approval once they have passed the gate. Not with --needs-approval.")
    boolean approveAfterGate;

    @Option(
            names = "--approve-by",
            paramLabel = "TIME",
            description = "Deadline of the approval (default: 24h), such as 2h, 18:00 or 2026-11-22T18:00:00Z.")
    @Nullable
    String approveBy;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Reason for the change. Recorded in Temporal and shown in reports.")
    String reason = "";

    @Option(names = "--dry-run", description = "Shows what the command would do; changes nothing.")
    boolean dryRun;

    @Option(names = "--wait", description = "Waits until a running change of the role has ended.")
    boolean waits;

    @Option(
            names = "--without-proxy",
            paramLabel = "NODE",
            description = "Continues without that unreachable proxy, after withdrawing it from DNS; needs --reason.")
    List<String> withoutProxies = List.of();

    @Option(
            names = "--keep-failed",
            paramLabel = "TIME",
            description = "Keeps a failed node for that long, out of traffic, such as 1h.")
    @Nullable
    String keepFailed;

    @Option(names = "--accept-config", description = "Accepts a cluster file that differs from the last change's.")
    boolean acceptConfig;

    DeployCommand(CliSession session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ClusterFile file = session.clusterFile();
        Role asked = parseRole(file, role);
        if (count < 1 || count > MOST) {
            throw new CliException(ExitCode.USAGE, "--count is %d; expected 1 to %d.".formatted(count, MOST));
        }
        if (!withoutProxies.isEmpty() && reason.isBlank()) {
            throw new CliException(
                    ExitCode.USAGE, "--without-proxy needs --reason: that proxy gets no traffic meanwhile.");
        }
        ChangePlan plan = ChangeStarter.requirePossible(plan(file, asked));
        return dryRun
                ? new DryRun(session).show(plan)
                : new ChangeStarter(session)
                        .startAndFollow(plan, waits ? ChangeStarter.WhenLocked.WAIT : ChangeStarter.WhenLocked.REFUSE);
    }

    private ChangePlan plan(ClusterFile file, Role asked) {
        Optional<ApprovalTerms> terms = terms();
        Optional<Duration> kept = Optional.ofNullable(keepFailed).map(DeployCommand::duration);
        return new ChangePlan(
                file,
                asked,
                ChangePlan.ChangeKind.DEPLOY,
                new NodeNaming(new SecureRandom()).generate(file.name(), asked.word(), count),
                Optional.ofNullable(template).map(text -> new TemplateLookup(session).resolve(file, asked, text)),
                terms,
                withoutProxies.stream().map(NodeNaming::parse).toList(),
                kept,
                acceptConfig,
                Optional.empty(),
                session.requestedBy(),
                reason,
                session.clock().instant());
    }

    private Optional<ApprovalTerms> terms() {
        if (needsApproval && approveAfterGate) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--needs-approval asks before anything is created, --approve-after-gate asks once the nodes have"
                            + " passed the gate: give one of them.");
        }
        if (!needsApproval && !approveAfterGate) {
            if (approveBy != null) {
                throw new CliException(ExitCode.USAGE, "--approve-by needs --needs-approval or --approve-after-gate.");
            }
            return Optional.empty();
        }
        return Optional.of(new ApprovalTerms(
                approveAfterGate,
                approveBy == null
                        ? session.clock().instant().plus(DEFAULT_APPROVAL_TIME)
                        : TimeArgument.parse(approveBy, session.clock())));
    }

    /** Returns the role of that name; throws exit code 2 if the cluster file does not have it. */
    static Role parseRole(ClusterFile file, String word) {
        try {
            Role role = Role.of(word);
            file.role(role);
            return role;
        } catch (IllegalArgumentException unknown) {
            throw new CliException(ExitCode.USAGE, "%s.".formatted(unknown.getMessage()), unknown);
        }
    }

    private static Duration duration(String text) {
        return DurationParser.parse(text)
                .orElseThrow(() -> new CliException(
                        ExitCode.USAGE, "--keep-failed: \"%s\" is not a duration such as 30m or 1h.".formatted(text)));
    }
}
