package dev.sluice.starter.init;

import dev.sluice.starter.clusterfile.ClusterFileProblem;
import dev.sluice.starter.clusterfile.InvalidClusterFileException;
import dev.sluice.starter.doctor.AccountFindings;
import dev.sluice.starter.doctor.DoctorFinding;
import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.ShortRuns;
import dev.sluice.starter.text.SentenceFormat;
import dev.sluice.workflows.model.cluster.CloudAccount;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the first cluster file. */
@Command(
        name = "init",
        description = {
            "Writes a commented sluice.yaml with the files that it names.",
            "At a terminal it asks for missing options. With a worker it offers the account's resources."
        })
public final class InitCommand implements Callable<Integer> {
    private final CliSession session;

    @Mixin
    InitOptions given = new InitOptions();

    @Option(names = "--force", description = "Overwrites existing files.")
    boolean force;

    public InitCommand(CliSession session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Path path = session.newClusterFile();
        String name = String.valueOf(path.getFileName());
        refuseToOverwrite(path, name);
        Optional<CloudAccount> account = account();
        InitValues cluster = given.complete(account, session);
        ClusterFileScaffold files = new ClusterFileScaffold(cluster, name);
        List<ClusterFileProblem> problems = files.validate();
        if (!problems.isEmpty()) {
            throw new CliException(
                    ExitCode.USAGE,
                    "Nothing was written, because the cluster file would be invalid:%n%s"
                            .formatted(problems.stream()
                                    .map(problem -> "  %s: %s".formatted(problem.path(), problem.says()))
                                    .collect(Collectors.joining(System.lineSeparator()))));
        }
        ClusterFile file = written(files, path);
        return report(path, files, file, account);
    }

    private void refuseToOverwrite(Path path, String name) {
        ClusterFileScaffold any = new ClusterFileScaffold(InitOptions.EXAMPLE, name);
        List<String> present = any.present(directory(path));
        if (!present.isEmpty() && !force) {
            throw new CliException(
                    ExitCode.USAGE,
                    "Nothing was written: %s already exists in %s.  Overwrite with --force, or name another file with --file."
                            .formatted(String.join(", ", present), directory(path)));
        }
    }

    private static ClusterFile written(ClusterFileScaffold files, Path path) {
        try {
            return files.writeTo(directory(path));
        } catch (InvalidClusterFileException impossible) {
            throw new IllegalStateException("The file was valid before it was written", impossible);
        }
    }

    private static Path directory(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    /** Returns the account's resources; prints a sentence and returns empty if they cannot be read. */
    private Optional<CloudAccount> account() {
        try {
            return Optional.of(new ShortRuns(session).showAccount());
        } catch (CliException why) {
            session.err()
                    .println("Not checked: regions, sizes, domains, keys and private networks are used as given.  "
                            + why.sentence());
            session.err().flush();
            return Optional.empty();
        }
    }

    private int report(Path path, ClusterFileScaffold files, ClusterFile file, Optional<CloudAccount> account) {
        List<DoctorFinding> findings = account.map(known -> AccountFindings.of(known, Optional.of(file)))
                .orElse(List.of());
        List<String> lines = new ArrayList<>();
        lines.add("Written: %s for %s, and %s beside it (%s)."
                .formatted(
                        path,
                        file.serviceName(),
                        SentenceFormat.count(files.names().size() - 1, "file"),
                        files.names().stream().skip(1).collect(Collectors.joining(", "))));
        findings.stream()
                .filter(finding -> finding.state() != DoctorFinding.FindingState.OK)
                .forEach(finding -> lines.add(finding.line()));
        lines.add("Next: replace app/app.py with your application, check with %s, then %s"
                .formatted(CommandHints.doctor(), CommandHints.bake(Role.APP)));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("file", path.toString());
        answer.put("cluster", file);
        answer.put("findings", findings);
        session.printResult(answer, lines);
        return DoctorFinding.exitCode(findings);
    }
}
