package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person reads in Temporal's Web UI, by the links that Sluice prints. */
@Tag("long")
@ExtendWith(WithLab.class)
class WebUiIT {
    private static final String RUN = "change/hello/app";
    private static final Pattern LINK = Pattern.compile("http://\\S+/workflows\\S*");

    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @Test
    void aDeploymentIsReadWhileItRunsWaitsAndIsDone(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Browser browser = new Browser()) {
            Product.Running deploy =
                    Product.start("deploy", "--role", "app", "--approve-after-gate", "--reason", "more room");
            String node = cluster.waitForNew(before);
            browser.open(page(world, "node/hello/" + node))
                    .reads("node/hello/" + node, "Running", "FirstBoot")
                    .shows("web-ui-running");

            String plan = plan(deploy.end());
            browser.open(page(world, RUN)).reads("Running", node + " into hello / app, by");
            browser.open(tab(browser, "user-metadata"))
                    .reads(
                            "waits",
                            "approval",
                            "passed the gate: " + node,
                            "plan " + plan.substring(0, 6) + " waits for a yes until")
                    .shows("web-ui-waiting");

            world.must(Product.sluice("approve", RUN, "--plan", plan, "--reason", "looks good"));
            world.must(Product.sluice("watch", RUN));
            browser.open(page(world, "node/hello/" + node))
                    .reads("Completed", "Membership.Join", "Proxy.Probe", "%s through".formatted(node))
                    .shows("web-ui-done");
            browser.open(tab(browser, "user-metadata"))
                    .reads("into hello / app", "sanity gate", "probation", "now open to all");
            world.must(Product.sluice("retire", node, "--reason", "tidy"));
        }
    }

    @Test
    @SuppressWarnings("try")
    void aFailedDeploymentIsReadWithItsReasonAndWhatWasTakenBack(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Browser browser = new Browser();
                Fault ill = Fault.next(world, "app-answers-500", "hello-app")) {
            Product.Outcome deploy = Product.sluice("deploy", "--role", "app", "--reason", "more room");
            assertThat(deploy.exit()).as(deploy.all()).isEqualTo(1);
            Matcher node = Pattern.compile("hello-app-[a-z2-9]{4}").matcher(deploy.err());
            assertThat(node.find()).as(deploy.all()).isTrue();

            browser.open(page(world, "node/hello/" + node.group()))
                    .reads("Failed", "Node.Inspect", "take back: clone")
                    .doesNotRead("Endings.java")
                    .shows("web-ui-restored");
            browser.open(tab(browser, "user-metadata")).reads("failed", "sanity gate", "taken back", "clone");
            browser.open(link(deploy.err()))
                    .reads("Failed", "%s is not deployed, everything is as before".formatted(node.group()));
            assertThat(world.droplets()).isEqualTo(before.get("droplets"));
        }
    }

    /** The page shows the newest hundred: deployments are always among them, the bakes after a long day are not. */
    @Test
    void aPrintedListOpensFiltered(Cluster cluster) {
        World world = cluster.world();
        world.must(Product.sluice("status"));
        Product.Outcome list = world.must(Product.sluice("list"));
        Product.Outcome all = world.must(Product.sluice("list", "--all", "--cluster", "hello"));
        try (Browser browser = new Browser()) {
            browser.open(link(list.err()))
                    .reads("change/hello/app", "ChangeRole", "DeployNode")
                    .doesNotRead("show/hello/");
            browser.open(link(all.err())).reads("SluiceCluster", "hello", "show/hello/");
        }
    }

    private static String plan(Product.Outcome waiting) {
        assertThat(waiting.exit()).as(waiting.all()).isEqualTo(6);
        Matcher plan = Pattern.compile("--plan ([0-9a-f]{12})").matcher(waiting.all());
        assertThat(plan.find()).as(waiting.all()).isTrue();
        return plan.group(1);
    }

    private static String link(String printed) {
        Matcher link = LINK.matcher(printed);
        assertThat(link.find()).as(printed).isTrue();
        return link.group();
    }

    /** As Sluice prints it. */
    private static String page(World world, String run) {
        return "%s/namespaces/%s/workflows/%s"
                .formatted(world.get("SLUICE_UI"), world.get("TEMPORAL_NAMESPACE"), run.replace("/", "%2F"));
    }

    /** Another tab of the page that the browser is on. */
    private static String tab(Browser browser, String name) {
        World.until(
                "the newest execution",
                java.time.Duration.ofSeconds(20),
                () -> browser.address().endsWith("/timeline"));
        return browser.address().replaceFirst("/timeline$", "/" + name);
    }
}
