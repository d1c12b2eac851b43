package dev.sluice.starter.clusterfile;

import static dev.sluice.starter.clusterfile.ClusterFileReader.matches;

import dev.sluice.workflows.model.check.CheckSpec;
import dev.sluice.workflows.model.check.HealthSpec;
import dev.sluice.workflows.model.cluster.BakeSpec;
import dev.sluice.workflows.model.cluster.NodeFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.RoleSpec;
import dev.sluice.workflows.model.cluster.SecretName;
import dev.sluice.workflows.model.cluster.TemplateCleanUp;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the section of one role. */
final class RoleReader {
    private static final Duration PROBATION = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final ReferencedFiles texts;
    private final ProblemCollector problems;
    private final ChecksReader checks;

    RoleReader(ReferencedFiles texts, ProblemCollector problems) {
        this.texts = texts;
        this.problems = problems;
        this.checks = new ChecksReader(problems);
    }

    /** Returns the role; empty if the file has a problem. */
    Optional<RoleSpec> read(Role which, YamlSection role, String serviceName) {
        String size = role.text("size", matches("[a-z0-9.]+(-[a-z0-9.]+)+"), "a size such as s-1vcpu-1gb");
        int port = role.number("port", 1, 65535);
        int minimum = role.number("minimum", 1, 0, 1000);
        Duration probation = role.duration("probation", PROBATION);
        Optional<Duration> warmup = role.has("warmup")
                ? Optional.of(limited(role, "warmup", role.duration("warmup", Duration.ZERO)))
                : Optional.empty();
        HealthSpec health = HealthSpec.standard(serviceName);
        Duration drain = RoleSpec.DRAIN;
        if (which == Role.APP) {
            health = role.section("health", section -> health(section, serviceName))
                    .orElse(health);
            drain = limited(role, "drain", role.duration("drain", RoleSpec.DRAIN));
        }
        List<Optional<NodeFile>> files = role.each("files", this::file);
        List<String> services = role.words("services");
        Optional<CheckSpec> judged = role.requiredSection("checks", section -> checks.read(section, serviceName))
                .flatMap(read -> read);
        Optional<BakeSpec> bake = role.requiredSection("bake", this::bake).flatMap(read -> read);
        if (!problems.isEmpty() || judged.isEmpty() || bake.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RoleSpec(
                size,
                port,
                minimum,
                probation,
                present(files),
                services,
                judged.get(),
                bake.get(),
                health,
                drain,
                warmup));
    }

    /** A path is part of Apache's configuration and of a form that its manager reads, so that few characters are allowed. */
    private static HealthSpec health(YamlSection health, String serviceName) {
        HealthSpec usual = HealthSpec.standard(serviceName);
        String expected = "a path such as /up or /health?ready=1: letters, digits and ._~/?=-, at most 60 of them";
        String path = health.text("path", usual.path(), matches("/[A-Za-z0-9._~/?=-]{0,59}"), expected);
        String host = health.text("host", usual.host(), matches("[A-Za-z0-9.-]+"), "a host name");
        String page = health.text("page", usual.page(), matches("/[A-Za-z0-9._~/?=-]{0,59}"), expected);
        Duration interval = health.duration("interval", usual.interval());
        if (interval.compareTo(Duration.ofMillis(100)) < 0 || interval.compareTo(Duration.ofMinutes(1)) > 0) {
            health.problem("interval", "is not between 100ms and 1m");
        }
        int fails = health.number("fails", usual.fails(), 1, 100);
        int passes = health.number("passes", usual.passes(), 1, 10);
        return new HealthSpec(path, host, page, interval, fails, passes);
    }

    /** The steps that wait for it have their own limits, which it must fit into. */
    private static Duration limited(YamlSection role, String key, Duration limit) {
        if (limit.compareTo(LONGEST) > 0) {
            role.problem(key, "is longer than " + LONGEST.toMinutes() + "m");
        }
        return limit;
    }

    private Optional<BakeSpec> bake(YamlSection bake) {
        String image = bake.text("image", matches("[a-z0-9-]+"), "the slug of a base image such as debian-12-x64");
        List<Optional<NodeFile>> files = bake.each("files", this::bakedFile);
        String recipe = texts.read(bake, "recipe");
        return problems.isEmpty() ? Optional.of(new BakeSpec(image, present(files), recipe)) : Optional.empty();
    }

    /** A secret is for the recipe alone and shall be gone afterwards; of any other file the clean-up leaves its hands. */
    private Optional<NodeFile> bakedFile(YamlSection file) {
        Optional<NodeFile> read = file(file);
        read.filter(baked -> baked.secret().isEmpty())
                .flatMap(baked -> TemplateCleanUp.findFor(baked.path()))
                .ifPresent(struck -> file.problem(
                        "path",
                        "the bake's clean-up would leave no such file in the template: %s is %s (%s); name it in the role's files, which first boot writes on each node, or choose another path"
                                .formatted(
                                        struck.pattern(),
                                        struck.effect().name().toLowerCase(Locale.ROOT),
                                        struck.why())));
        return read;
    }

    private Optional<NodeFile> file(YamlSection file) {
        String path = file.text(
                "path",
                matches("/[^\\s]+").and(text -> !text.contains("/../")),
                "an absolute path without blanks and without ..");
        String owner =
                file.text("owner", "root:root", matches("[a-z_][a-z0-9_-]*:[a-z_][a-z0-9_-]*"), "like root:root");
        boolean secret = file.has("secret");
        if (secret == file.has("template")) {
            file.problem("needs either template (a file template) or secret (the name of a secret of the workers)");
            file.has("mode");
            return Optional.empty();
        }
        return secret ? secret(file, path, owner) : template(file, path, owner);
    }

    private Optional<NodeFile> template(YamlSection file, String path, String owner) {
        String mode = file.text("mode", "0644", matches("0[0-7]{3}"), "a file mode such as \"0644\"");
        String text = texts.read(file, "template");
        return problems.isEmpty()
                ? Optional.of(new NodeFile(path, owner, mode, Optional.of(text), Optional.empty()))
                : Optional.empty();
    }

    private Optional<NodeFile> secret(YamlSection file, String path, String owner) {
        file.text("mode", "0600", matches("0600"), "0600, the mode of a secret's file");
        String name = file.text(
                "secret",
                matches("[a-z][a-z0-9-]{0,62}"),
                "the name of a secret: lower-case letters, digits and hyphens");
        return problems.isEmpty()
                ? Optional.of(new NodeFile(path, owner, "0600", Optional.empty(), Optional.of(new SecretName(name))))
                : Optional.empty();
    }

    private static List<NodeFile> present(List<Optional<NodeFile>> files) {
        return files.stream().flatMap(Optional::stream).toList();
    }
}
