package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.clusterfile.InvalidClusterFile;
import dev.sluice.starter.clusterfile.Problem;
import dev.sluice.starter.first.FirstCluster;
import dev.sluice.starter.first.FirstFiles;
import dev.sluice.starter.text.AccountFindings;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Finding;
import dev.sluice.starter.text.Hints;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.model.Account;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Role;
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

/** Writes a cluster's first file. */
@Command(
        name = "init",
        description = {
            "Writes a commented sluice.yaml with the files that it names.",
            "Asks at a terminal for what the options leave open, and chooses from what the account holds if a worker answers."
        })
public final class Init implements Callable<Integer> {
    private final Session session;

    @Mixin
    FirstAnswers given = new FirstAnswers();

    @Option(names = "--force", description = "Overwrites files that are there.")
    boolean force;

    public Init(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Path path = session.newClusterFile();
        String name = String.valueOf(path.getFileName());
        refuseToOverwrite(path, name);
        Optional<Account> account = account();
        FirstCluster cluster = given.completed(account, session);
        FirstFiles files = new FirstFiles(cluster, name);
        List<Problem> problems = files.problems();
        if (!problems.isEmpty()) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "Nothing was written, since it would not be valid:%n%s"
                            .formatted(problems.stream()
                                    .map(problem -> "  %s: %s".formatted(problem.path(), problem.says()))
                                    .collect(Collectors.joining(System.lineSeparator()))));
        }
        ClusterFile file = written(files, path);
        return tell(path, files, file, account);
    }

    private void refuseToOverwrite(Path path, String name) {
        FirstFiles any = new FirstFiles(FirstAnswers.EXAMPLE, name);
        List<String> present = any.present(directory(path));
        if (!present.isEmpty() && !force) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "Nothing was written: %s %s there already in %s.  Overwrite with --force, or name another place with --file."
                            .formatted(
                                    String.join(", ", present), present.size() == 1 ? "is" : "are", directory(path)));
        }
    }

    private static ClusterFile written(FirstFiles files, Path path) {
        try {
            return files.writeTo(directory(path));
        } catch (InvalidClusterFile impossible) {
            throw new IllegalStateException("It was valid a moment ago", impossible);
        }
    }

    private static Path directory(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    /** What the account holds, or nothing and a sentence why it could not be looked up. */
    private Optional<Account> account() {
        try {
            return Optional.of(new Reading(session).account());
        } catch (Trouble why) {
            session.err()
                    .println("Not looked up: regions, sizes, domains, keys and private networks are taken as given.  "
                            + why.sentence());
            session.err().flush();
            return Optional.empty();
        }
    }

    private int tell(Path path, FirstFiles files, ClusterFile file, Optional<Account> account) {
        List<Finding> findings = account.map(known -> AccountFindings.of(known, Optional.of(file)))
                .orElse(List.of());
        List<String> lines = new ArrayList<>();
        lines.add("Written: %s for %s, and %d files beside it (%s)."
                .formatted(
                        path,
                        file.serviceName(),
                        files.names().size() - 1,
                        files.names().stream().skip(1).collect(Collectors.joining(", "))));
        findings.stream()
                .filter(finding -> finding.state() != Finding.State.OK)
                .forEach(finding -> lines.add(finding.line()));
        lines.add("Next: put your application in the place of app/app.py, look with %s, then %s"
                .formatted(Hints.doctor(), Hints.bake(Role.APP)));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("file", path.toString());
        answer.put("cluster", file);
        answer.put("findings", findings);
        session.result(answer, lines);
        return Finding.exitCode(findings);
    }
}
