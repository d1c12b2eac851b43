package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What README and the how-tos show is typed, as somebody would who has that in mind. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.MethodName.class)
class DocumentsIT {
    private static final Path HELLO = Product.HOME.resolve("examples/hello").toAbsolutePath();
    private static final String CHANGE = "change/hello/app";
    private static final Pattern WAITING = Pattern.compile("approve (\\S+) --plan");
    private static final Pattern PLAN = Pattern.compile("--plan ([0-9a-f]{12})");
    private static final Pattern IMAGE = Pattern.compile("template approve (\\d+)");

    private World world;
    private Cluster cluster;

    private final Document readme = new Document("README.md", HELLO);

    /** README's commands make the cluster of the others. */
    @BeforeAll
    void readme() {
        Product.isBuilt();
        readme.type("./sluice demo");
        readme.type("./sluice lab up");
        readme.type("./sluice worker");
        for (String role : new String[] {"app", "proxy"}) {
            Product.Outcome bake = readme.type("./sluice template bake --role " + role);
            readme.has("IMAGE", found(IMAGE, bake)).type("./sluice template approve");
        }
        readme.type("./sluice deploy --role app --reason \"our first node\"");
        readme.type("./sluice deploy --role proxy");
        readme.type("./sluice deploy --role app");
        assertThat(readme.type("./sluice status").out()).contains("in service");
        readme.type("./sluice --help");

        world = World.up();
        cluster = new Cluster(world);
        cluster.twoOfEach();
    }

    @AfterAll
    void down() {
        readme.type("./sluice lab down");
        world.down();
        assertThat(readme.left()).isEmpty();
    }

    /** Of the others StrangerIT types the tutorial's, and SystemdIT the installation page's. */
    @Test
    void everyPageWithCommandsIsTypedByATest() throws IOException {
        Path root = Product.HOME.toAbsolutePath().normalize();
        try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
            Set<String> pages = Stream.concat(files, Stream.of(root.resolve("README.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !Document.commands(file).isEmpty())
                    .map(file -> root.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(pages)
                    .containsExactly(
                            "README.md",
                            "docs/how-to/add-a-check.md",
                            "docs/how-to/approve.md",
                            "docs/how-to/restore.md",
                            "docs/how-to/take-over-from-ansible.md",
                            "docs/how-to/upgrade.md",
                            "docs/install.md",
                            "docs/tutorial.md");
        }
    }

    @Test
    void approve() {
        Document page = new Document("docs/how-to/approve.md", HELLO);

        answerable(page, page.type("sluice deploy --role app --needs", 6));
        page.type("sluice list");
        page.type("sluice approve");
        world.must(world.untilEnd(CHANGE));

        answerable(page, page.type("sluice deploy --role app --count 2", 6));
        page.type("sluice reject");
        assertThat(world.untilEnd(CHANGE).exit()).isEqualTo(7);

        page.type("sluice template list");
        page.has("209876543", cluster.bake().get(0)).type("sluice template approve");
        assertThat(page.left()).isEmpty();
    }

    @Test
    void addACheck() {
        Path folder = folder(cluster.copy(text -> text.replace(
                "path: /, status: 200, contains: hello from",
                "path: \"/?q=search\", status: 200, contains: hello from")));
        Document page = new Document("docs/how-to/add-a-check.md", folder);

        page.type("sluice deploy --role app --dry-run");
        answerable(page, page.type("sluice deploy --role app --accept-config", 6));
        page.type("sluice show");
        page.type("sluice approve");
        assertThat(page.left()).isEmpty();

        world.must(world.untilEnd(CHANGE));
        world.must(Product.sluice("deploy", "--role", "app", "--accept-config", "--reason", "the check goes again"));
    }

    /** What the loss itself does is shown by ZNoTemporalDatabaseIT. */
    @Test
    void restore() {
        Document page = new Document("docs/how-to/restore.md", HELLO);

        page.type("sluice doctor");
        page.type("sluice status");
        page.type("sluice leaks");
        page.type("sluice leaks --fix");
        page.type("sluice schedule set");
        page.type("sluice deploy");
        assertThat(page.left()).isEmpty();
    }

    @Test
    void upgrade() {
        Document page = new Document("docs/how-to/upgrade.md", HELLO);

        page.type("sluice list");
        page.type("sluice doctor");
        long newer = world.worker();
        assertThat(newer).isPositive();
        page.type("sluice doctor");
        assertThat(page.left()).isEmpty();
    }

    /** The other cluster's proxies are the old machines: their addresses stay in the name. */
    @Test
    void takeOverFromAnsible() throws IOException {
        Path folder = folder(cluster.copy(
                text -> text.replace("cluster: hello", "cluster: taken").replace("service: www", "service: www2")));
        Document page = new Document("docs/how-to/take-over-from-ansible.md", folder);

        page.type("sluice doctor", 8);
        for (String role : new String[] {"app", "proxy"}) {
            Product.Outcome bake = page.type("sluice template bake --role " + role);
            page.has("IMAGE", found(IMAGE, bake)).type("sluice template approve");
        }
        page.type("sluice deploy --role app");
        page.type("sluice deploy --role proxy");
        Set<String> old = world.droplets("cluster:taken", "role:proxy");

        Path file = folder.resolve("sluice.yaml");
        String text = Files.readString(file);
        Files.writeString(folder.resolve("www2.yaml"), text.replace("minimum: 1", "minimum: 0"));
        Files.writeString(file, text.replace("service: www2", "service: www"));
        page.type("sluice deploy --role proxy --count 2 --accept-config");
        page.has("hello-proxy-k3f9", String.join(" ", old)).type("sluice --file www2.yaml retire");

        assertThat(page.left()).isEmpty();
        assertThat(world.droplets("cluster:taken", "role:proxy", "state:in-service"))
                .hasSize(2)
                .doesNotContainAnyElementsOf(old);
    }

    private static void answerable(Document page, Product.Outcome waits) {
        page.has("change/hello/app@c4843f", found(WAITING, waits)).has("7c19e27c19e2", found(PLAN, waits));
    }

    private static String found(Pattern pattern, Product.Outcome outcome) {
        Matcher matcher = pattern.matcher(outcome.all());
        if (!matcher.find()) {
            throw new AssertionError(outcome.all());
        }
        return matcher.group(1);
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().resolveSibling("");
    }
}
