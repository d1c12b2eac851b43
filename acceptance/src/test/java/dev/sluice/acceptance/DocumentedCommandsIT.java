package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.DocumentedCommands;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.SluiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Types the commands of README and of the how-to pages as a reader would. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedCommandsIT {
    private static final Path HELLO =
            SluiceProcess.HOME.resolve("examples/hello").toAbsolutePath();
    private static final String CHANGE = "change/hello/app";
    private static final Pattern WAITING = Pattern.compile("approve (\\S+) --plan");
    private static final Pattern PLAN = Pattern.compile("--plan ([0-9a-f]{12})");
    private static final Pattern IMAGE = Pattern.compile("template approve (\\d+)");

    private LabEnvironment world;
    private DemoCluster cluster;

    private final DocumentedCommands readme = new DocumentedCommands("README.md", HELLO);

    /** README's commands deploy the cluster that the other tests use. */
    @BeforeAll
    void readme() {
        SluiceProcess.markBuilt();
        readme.runNext("./sluice demo");
        readme.runNext("./sluice lab up");
        readme.runNext("./sluice worker");
        for (String role : new String[] {"app", "proxy"}) {
            SluiceProcess.ProcessOutcome bake = readme.runNext("./sluice template bake --role " + role);
            readme.substitute("IMAGE", found(IMAGE, bake)).runNext("./sluice template approve");
        }
        readme.runNext("./sluice deploy --role app --reason \"our first node\"");
        readme.runNext("./sluice deploy --role proxy");
        readme.runNext("./sluice deploy --role app");
        assertThat(readme.runNext("./sluice status").out()).contains("in service");
        readme.runNext("./sluice --help");

        world = LabEnvironment.up();
        cluster = new DemoCluster(world);
        cluster.ensureTwoOfEach();
    }

    @AfterAll
    void down() {
        readme.runNext("./sluice lab down");
        world.down();
        assertThat(readme.remainingCommands()).isEmpty();
    }

    /** TutorialWalkthroughIT types the commands of the tutorial, SystemdNodeIT those of the installation, EmergencyIT its page's. */
    @Order(30)
    @Test
    void knowsEveryPageWithCommands() throws IOException {
        Path root = SluiceProcess.HOME.toAbsolutePath().normalize();
        try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
            Set<String> pages = Stream.concat(files, Stream.of(root.resolve("README.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !DocumentedCommands.commands(file).isEmpty())
                    .map(file -> root.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(pages)
                    .containsExactly(
                            "README.md",
                            "docs/how-to/add-a-check.md",
                            "docs/how-to/approve.md",
                            "docs/how-to/emergency.md",
                            "docs/how-to/restore.md",
                            "docs/how-to/take-over-from-ansible.md",
                            "docs/how-to/upgrade.md",
                            "docs/install.md",
                            "docs/tutorial.md");
        }
    }

    @Order(20)
    @Test
    void runsTheCommandsOfTheApprovalPage() {
        DocumentedCommands page = new DocumentedCommands("docs/how-to/approve.md", HELLO);

        answerable(page, page.runNext("sluice deploy --role app --needs", 6));
        page.runNext("sluice list");
        page.runNext("sluice approve");
        world.requireSuccess(world.awaitRunEnd(CHANGE));

        answerable(page, page.runNext("sluice deploy --role app --count 2", 6));
        page.runNext("sluice reject");
        assertThat(world.awaitRunEnd(CHANGE).exit()).isEqualTo(7);

        page.runNext("sluice template list");
        page.substitute("209876543", cluster.ensureBaked().get(0)).runNext("sluice template approve");
        assertThat(page.remainingCommands()).isEmpty();
    }

    @Order(10)
    @Test
    void runsTheCommandsOfTheCheckPage() {
        Path folder = folder(cluster.copyWith(text -> text.replace(
                "path: /, status: 200, contains: hello from",
                "path: \"/?q=search\", status: 200, contains: hello from")));
        DocumentedCommands page = new DocumentedCommands("docs/how-to/add-a-check.md", folder);

        page.runNext("sluice deploy --role app --dry-run");
        answerable(page, page.runNext("sluice deploy --role app --accept-config", 6));
        page.runNext("sluice show");
        page.runNext("sluice approve");
        assertThat(page.remainingCommands()).isEmpty();

        world.requireSuccess(world.awaitRunEnd(CHANGE));
        world.requireSuccess(SluiceProcess.runSluice(
                "deploy", "--role", "app", "--accept-config", "--reason", "the check goes again"));
    }

    /** TemporalDatabaseLossIT tests the loss itself. */
    @Order(40)
    @Test
    void runsTheCommandsOfTheRestorePage() {
        DocumentedCommands page = new DocumentedCommands("docs/how-to/restore.md", HELLO);

        page.runNext("sluice doctor");
        page.runNext("sluice status");
        page.runNext("sluice leaks");
        page.runNext("sluice leaks --fix");
        page.runNext("sluice schedule set");
        page.runNext("sluice deploy");
        assertThat(page.remainingCommands()).isEmpty();
    }

    @Order(60)
    @Test
    void runsTheCommandsOfTheUpgradePage() {
        DocumentedCommands page = new DocumentedCommands("docs/how-to/upgrade.md", HELLO);

        page.runNext("sluice list");
        page.runNext("sluice doctor");
        long newer = world.startWorker();
        assertThat(newer).isPositive();
        page.runNext("sluice doctor");
        assertThat(page.remainingCommands()).isEmpty();
    }

    /** The other cluster's proxies are the old machines: their addresses stay in the name. */
    @Order(50)
    @Test
    void runsTheCommandsOfTheAnsiblePage() throws IOException {
        Path folder = folder(cluster.copyWith(
                text -> text.replace("cluster: hello", "cluster: taken").replace("service: www", "service: www2")));
        DocumentedCommands page = new DocumentedCommands("docs/how-to/take-over-from-ansible.md", folder);

        page.runNext("sluice doctor", 8);
        for (String role : new String[] {"app", "proxy"}) {
            SluiceProcess.ProcessOutcome bake = page.runNext("sluice template bake --role " + role);
            page.substitute("IMAGE", found(IMAGE, bake)).runNext("sluice template approve");
        }
        page.runNext("sluice deploy --role app");
        page.runNext("sluice deploy --role proxy");
        Set<String> old = world.droplets("cluster:taken", "role:proxy");

        Path file = folder.resolve("sluice.yaml");
        String text = Files.readString(file);
        Files.writeString(folder.resolve("www2.yaml"), text.replace("minimum: 1", "minimum: 0"));
        Files.writeString(file, text.replace("service: www2", "service: www"));
        page.runNext("sluice deploy --role proxy --count 2 --accept-config");
        page.substitute("hello-proxy-k3f9", String.join(" ", old)).runNext("sluice --file www2.yaml retire");

        assertThat(page.remainingCommands()).isEmpty();
        assertThat(world.droplets("cluster:taken", "role:proxy", "state:in-service"))
                .hasSize(2)
                .doesNotContainAnyElementsOf(old);
    }

    private static void answerable(DocumentedCommands page, SluiceProcess.ProcessOutcome waits) {
        page.substitute("change/hello/app@c4843f", found(WAITING, waits))
                .substitute("7c19e27c19e2", found(PLAN, waits));
    }

    private static String found(Pattern pattern, SluiceProcess.ProcessOutcome outcome) {
        Matcher matcher = pattern.matcher(outcome.transcript());
        if (!matcher.find()) {
            throw new AssertionError(outcome.transcript());
        }
        return matcher.group(1);
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().resolveSibling("");
    }
}
