package dev.sluice.starter.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.workflows.model.check.CheckSpec.CheckLimits;
import dev.sluice.workflows.model.check.CheckSpec.HardwareRequirements;
import dev.sluice.workflows.model.check.ExpirySettings;
import dev.sluice.workflows.model.check.ExpirySettings.DayLimits;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedDomain;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedName;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.NodeFile;
import dev.sluice.workflows.model.cluster.NotificationSettings;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.RoleSpec;
import dev.sluice.workflows.model.cluster.SecretName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClusterFilesTest {
    /** As of the roles' health check, drain and warm-up, which are part of each digest; no release came before them. */
    private static final String DIGEST_OF_AN_OLDER_FILE =
            "1e6dbfcf75fd51af5e589be6407889f6dc161aec2b0b99c0c633ae990c02f964";

    private static final Path SAMPLE = Path.of("src/test/resources/hello");

    @TempDir
    Path directory = Path.of("");

    private String sample = "";

    @BeforeEach
    void copiesTheSample() throws IOException {
        for (String name : List.of("app/site.conf.vm", "app/recipe.sh", "app/app.py", "proxy/recipe.sh")) {
            Path to = directory.resolve(name);
            Files.createDirectories(to.getParent() == null ? directory : to.getParent());
            Files.copy(SAMPLE.resolve(name), to);
        }
        sample = Files.readString(SAMPLE.resolve("sluice.yaml"));
    }

    @Test
    void readsEveryKeyOfTheSample() throws Exception {
        ClusterFile file = read(sample);

        assertThat(file.serviceName()).isEqualTo("www.hello.example");
        assertThat(file.sshKeys()).containsExactly("sluice");
        assertThat(file.ttl()).isEqualTo(30);
        RoleSpec app = file.role(Role.APP);
        assertThat(app.probation()).isEqualTo(Duration.ofSeconds(2));
        assertThat(app.files().get(0).template()).contains("# $node serves $serviceName\n");
        assertThat(app.checks().http().get(0).within()).isEqualTo(2000);
        assertThat(app.checks().limits().diskWarn()).isEqualTo(70);
        assertThat(app.checks().limits().loadWarn()).isEqualTo(6.5);
        assertThat(app.checks().limits().clockWarn()).isEqualTo(CheckLimits.DEFAULT.clockWarn());
        assertThat(app.checks().hardware()).isEqualTo(HardwareRequirements.DEFAULT);
        assertThat(app.bake().recipe()).startsWith("#!/bin/sh");
        RoleSpec proxy = file.role(Role.PROXY);
        assertThat(proxy.probation()).isEqualTo(Duration.ofMillis(1500));
        assertThat(proxy.checks().limits()).isEqualTo(CheckLimits.DEFAULT);
        assertThat(proxy.files()).extracting(NodeFile::mode).containsOnly("0600");
    }

    @Test
    void readsTheWatchedDatesAndTheNotices() throws Exception {
        ClusterFile file = read(sample);

        ExpirySettings expiry = file.expiry().orElseThrow();
        assertThat(expiry.every()).isEqualTo(Duration.ofHours(2));
        assertThat(expiry.names())
                .containsExactly(
                        new WatchedName("www.hello.example", 443, true, new DayLimits(30, 7), "certbot renew"),
                        new WatchedName("api.hello.example", 8443, false, new DayLimits(20, 5), "make certificate"));
        assertThat(expiry.domains())
                .containsExactly(new WatchedDomain(
                        "hello.example", new DayLimits(30, 7), Optional.of(LocalDate.of(2031, 5, 31)), "ask ana"));
        assertThat(expiry.templates()).isEqualTo(new DayLimits(60, 120));
        assertThat(file.notices())
                .contains(new NotificationSettings(
                        new SecretName("ops-webhook"), NotificationSettings.WebhookFormat.SLACK));
    }

    @Test
    void aFileWithoutDatesHasTheDigestFromBeforeDatesExisted() throws Exception {
        String older = sample.substring(0, sample.indexOf("\nexpiry:") + 1);

        assertThat(read(older).digest().value()).isEqualTo(DIGEST_OF_AN_OLDER_FILE);
        assertThat(read(older).expiry()).isEmpty();
    }

    @Test
    void theDigestCoversTheContentAndNotTheLayout() throws Exception {
        ClusterFile before = read(sample);

        assertThat(read(sample + "\n# a remark\n").digest()).isEqualTo(before.digest());
        assertThat(read(sample.replace("minimum: 1", "minimum: 2")).digest()).isNotEqualTo(before.digest());
        Files.writeString(directory.resolve("app/recipe.sh"), "#!/bin/sh\ntrue\n");
        assertThat(read(sample).digest()).isNotEqualTo(before.digest());
    }

    @Test
    void refusesABakesFileThatTheCleanUpWouldRemoveButNotASecretOfTheRecipe() throws Exception {
        String baked = sample.replace("path: /srv/hello/app.py", "path: /var/tmp/warm/cache.json");
        assertThat(baked).isNotEqualTo(sample);

        assertThat(errors(baked))
                .contains(
                        "roles.app.bake.files[0].path: the bake's clean-up would leave no such file in the template: /var/tmp/* is removed (temporary files); name it in the role's files");
        assertThat(errors(baked)).containsPattern("line \\d+  roles.app.bake.files");
        assertThat(read(sample.replaceFirst(
                                "path: /srv/hello/app.py, template: [^,}]*(, mode: \"0644\")?",
                                "path: /tmp/token, secret: apt-token"))
                        .role(Role.APP)
                        .bake()
                        .files()
                        .get(0)
                        .path())
                .isEqualTo("/tmp/token");
    }

    @ParameterizedTest
    @CsvSource({
        "app/recipe.sh,roles.app.bake.recipe",
        "app/site.conf.vm,roles.app.files[0].template",
        "app/app.py,roles.app.bake.files[0].template"
    })
    void refusesALineEndOfWindowsInAnyFileWithItsLine(String name, String key) throws Exception {
        Path file = directory.resolve(name);
        String text = Files.readString(file);
        Files.writeString(file, "# one\n# two\r\n" + text);

        assertThat(errors(sample))
                .containsPattern("line \\d+  \\Q" + key + "\\E: .*\\Q" + name
                        + "\\E has a carriage return \\(a line end of Windows\\) in line 2");
    }

    @Test
    void refusesAByteOrderMark() throws Exception {
        Files.writeString(directory.resolve("app/recipe.sh"), "\uFEFF#!/bin/sh\ntrue\n");

        assertThat(errors(sample)).contains("recipe.sh begins with a byte order mark");
    }

    @Test
    void reportsAllErrorsAtOnceWithTheirLines() {
        String broken = sample.replace("path: /health", "path: health")
                .replace("size: s-1vcpu-1gb\n    port: 8080", "sizes: s-1vcpu-1gb\n    port: 80800");

        assertThat(errors(broken + "role: {}\n").lines())
                .containsExactly(
                        "sluice.yaml is not valid (5 errors):",
                        "  line 10  roles.app.size: is missing",
                        "  line 10  roles.app.sizes: unknown key; did you mean size?",
                        "  line 11  roles.app.port: \"80800\" is not a number from 1 to 65535",
                        "  line 22  roles.app.checks.http[0].path: \"health\" is not a path: it must begin with /",
                        "  line 49  role: unknown key; did you mean roles?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "cluster: hello|cluster: Hello_1|line 1  cluster: \"Hello_1\" is not a cluster name",
                "every: 2h|every: 2s|line 41  expiry.every: is shorter than a minute",
                "api.hello.example|api_1.hello.example|line 44  expiry.names[0].name: \"api_1.hello.example\" is not a name",
                "warn: 20|warn: 2|line 44  expiry.names[0]: critical is 5 and warn is 2: critical would be reached before warn",
                "until: 2031-05-31|until: 31.5.2031|line 46  expiry.domains[0].until: \"31.5.2031\" is not a day such as 2027-05-31",
                "form: slack|form: teams|line 48  notices.form: \"teams\" is not json or slack",
                "renew: certbot renew|authorities: app/app.py|line 42  expiry.authorities: the file contains no certificate in PEM format",
                "cluster: hello|cluster: [hello]|line 1  cluster: expected a value, found a list",
                "cluster: hello|cluster:|line 1  cluster: expected a value, found nothing",
                "region: fra1|regoin: fra1|line 4  regoin: unknown key; did you mean region?",
                "region: fra1|region: Frankfurt|line 4  region: \"Frankfurt\" is not a region",
                "region: fra1|cluster: other|line 4  cluster: is defined twice",
                "ttl: 30|ttl: 5|line 7  dns.ttl: \"5\" is not a number from 30 to 86400",
                "ttl: 30|server: localhost|line 7  dns.server: \"localhost\" is not an address with a port",
                "probation: 2s|probation: 2 seconds|line 13  roles.app.probation: \"2 seconds\" is not a duration",
                "probation: 2s|health: {path: /a b}|line 13  roles.app.health.path: \"/a b\" is not a path such as /up",
                "probation: 2s|health: {paths: /up}|line 13  roles.app.health.paths: unknown key; did you mean path?",
                "probation: 2s|health: {interval: 50ms}|line 13  roles.app.health.interval: is not between 100ms and 1m",
                "probation: 2s|drain: 11m|line 13  roles.app.drain: is longer than 10m",
                "probation: 2s|warmup: 1h|line 13  roles.app.warmup: is longer than 10m",
                "services: [apache2]|services: apache2|line 14  roles.app.services: expected a list, found \"apache2\"",
                "template: app/site.conf.vm|template: app/none.vm|roles.app.files[0].template: the file ",
                "template: app/site.conf.vm|secret: Site Key|roles.app.files[0].secret: \"Site Key\" is not the name of a secret",
                "template: app/site.conf.vm, |`` |line 16  roles.app.files[0]: needs either template",
                "path: /etc/apache2/sites-enabled/hello.conf|path: etc/x|roles.app.files[0].path: \"etc/x\" is not an absolute path",
                "mode: \"0644\", owner|mode: rw, owner|roles.app.files[0].mode: \"rw\" is not a file mode",
                "closed: [8080]|closed: [web]|line 20  roles.app.checks.closed[0]: \"web\" is not a port",
                "cpu_floor: 400ms|cpu_floor: 400|roles.app.checks.hardware.cpu_floor: \"400\" is not a duration",
                "passes: 2|passes: two|roles.app.checks.passes: \"two\" is not a number from 1 to 10",
                "vpc|vpc|",
            })
    void namesLineKeyAndExpectation(String right, String wrong, @org.jspecify.annotations.Nullable String expected) {
        if (expected == null) {
            assertThat(errors(sample.replace("region: fra1", "region: fra1\nvpc: mine")))
                    .contains("line 5  vpc: \"mine\" is not a UUID");
            return;
        }
        assertThat(sample).contains(right);
        assertThat(errors(sample.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
                .contains(expected);
    }

    @Test
    void reportsTheLineOfAYamlError() {
        assertThat(errors(sample.replace("  ttl: 30", "\tttl: 30")))
                .isEqualToNormalizingNewlines(
                        "sluice.yaml is not valid (1 error):\n  line 7  contains a tab; YAML requires spaces");
        assertThat(errors("cluster: [a\nregion: b\n")).contains("line 2  is not YAML");
        assertThat(errors("")).contains("sluice.yaml is empty");
        assertThat(errors("- a list\n")).contains("line 1  expected keys with values, found a list");
    }

    @Test
    void namesTheLargestFileOfATooLargePlan() throws IOException {
        Files.writeString(directory.resolve("app/app.py"), "x".repeat(200 * 1024));
        Files.writeString(directory.resolve("app/site.conf.vm"), "y".repeat(100 * 1024));

        assertThat(errors(sample)).contains("at most 256 KiB", "the largest is app/app.py with 200 KiB");
    }

    @Test
    void findsTheFileByOptionThenDirectoryThenVariable() throws Exception {
        Path other = Files.writeString(directory.resolve("other.yaml"), sample);

        assertThat(ClusterFiles.find(Path.of("other.yaml"), directory, Map.of()))
                .isEqualTo(other);
        assertThat(ClusterFiles.find(null, directory, Map.of("SLUICE_FILE", "other.yaml")))
                .isEqualTo(other);
        Path here = Files.writeString(directory.resolve("sluice.yaml"), sample);
        assertThat(ClusterFiles.find(null, directory, Map.of("SLUICE_FILE", "other.yaml")))
                .isEqualTo(here);
        assertThat(catchThrowableOfType(
                        InvalidClusterFileException.class,
                        () -> ClusterFiles.find(Path.of("none.yaml"), directory, Map.of())))
                .hasMessageContaining("--file names")
                .hasMessageContaining("none.yaml");
    }

    private ClusterFile read(String text) throws InvalidClusterFileException, IOException {
        return ClusterFiles.read(Files.writeString(directory.resolve("sluice.yaml"), text));
    }

    private String errors(String text) {
        InvalidClusterFileException invalid = catchThrowableOfType(InvalidClusterFileException.class, () -> read(text));
        assertThat(invalid).as("accepted").isNotNull();
        return invalid.text();
    }
}
