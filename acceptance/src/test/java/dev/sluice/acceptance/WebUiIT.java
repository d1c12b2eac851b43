package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.InjectedFault;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.SharedLabExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.WebUiBrowser;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person reads in Temporal's Web UI, by the links that Sluice prints. */
@Tag("long")
@ExtendWith(SharedLabExtension.class)
@Order(80)
class WebUiIT {
    private static final String RUN = "change/hello/app";
    private static final Pattern LINK = Pattern.compile("http://\\S+/workflows\\S*");

    @BeforeAll
    static void aServingCluster(DemoCluster cluster) {
        cluster.ensureTwoOfEach();
    }

    @Test
    void aDeploymentIsReadWhileItRunsWaitsAndIsDone(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (WebUiBrowser browser = new WebUiBrowser()) {
            SluiceProcess.RunningProcess deploy = SluiceProcess.startSluice(
                    "deploy", "--role", "app", "--approve-after-gate", "--reason", "more room");
            String node = cluster.awaitNewDroplet(before);
            browser.open(page(world, "node/hello/" + node))
                    .awaitText("node/hello/" + node, "Running", "FirstBoot")
                    .saveScreenshot("web-ui-running");

            String plan = plan(deploy.awaitEnd());
            browser.open(page(world, RUN)).awaitText("Running", node + " into hello / app, by");
            browser.open(tab(browser, "user-metadata"))
                    .awaitText(
                            "waits",
                            "approval",
                            "passed the gate: " + node,
                            "plan " + plan.substring(0, 6) + " waits for approval until")
                    .saveScreenshot("web-ui-waiting");

            world.requireSuccess(SluiceProcess.runSluice("approve", RUN, "--plan", plan, "--reason", "looks good"));
            world.requireSuccess(SluiceProcess.runSluice("watch", RUN));
            browser.open(page(world, "node/hello/" + node))
                    .awaitText("Completed", "Membership.Join", "Proxy.Probe", "%s through".formatted(node))
                    .saveScreenshot("web-ui-done");
            browser.open(tab(browser, "user-metadata"))
                    .awaitText("into hello / app", "sanity gate", "probation", "now open to all");
            world.requireSuccess(SluiceProcess.runSluice("retire", node, "--reason", "tidy"));
        }
    }

    @Test
    @SuppressWarnings("try")
    void aFailedDeploymentIsReadWithItsReasonAndWhatWasTakenBack(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (WebUiBrowser browser = new WebUiBrowser();
                InjectedFault ill = InjectedFault.next(world, "app-answers-500", "hello-app")) {
            SluiceProcess.ProcessOutcome deploy =
                    SluiceProcess.runSluice("deploy", "--role", "app", "--reason", "more room");
            assertThat(deploy.exit()).as(deploy.transcript()).isEqualTo(1);
            Matcher node = Pattern.compile("hello-app-[a-z2-9]{4}").matcher(deploy.err());
            assertThat(node.find()).as(deploy.transcript()).isTrue();

            browser.open(page(world, "node/hello/" + node.group()))
                    .awaitText("Failed", "Node.Inspect", "roll back: clone")
                    .assertTextAbsent("Endings.java")
                    .saveScreenshot("web-ui-restored");
            browser.open(tab(browser, "user-metadata")).awaitText("failed", "sanity gate", "rolled back", "clone");
            browser.open(link(deploy.err()))
                    .awaitText("Failed", "%s is not deployed, everything is as before".formatted(node.group()));
            assertThat(world.droplets()).isEqualTo(before.get("droplets"));
        }
    }

    /** The page shows the newest hundred: deployments are always among them, the bakes after a long day are not. */
    @Test
    void aPrintedListOpensFiltered(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        world.requireSuccess(SluiceProcess.runSluice("status"));
        SluiceProcess.ProcessOutcome list = world.requireSuccess(SluiceProcess.runSluice("list"));
        SluiceProcess.ProcessOutcome all =
                world.requireSuccess(SluiceProcess.runSluice("list", "--all", "--cluster", "hello"));
        try (WebUiBrowser browser = new WebUiBrowser()) {
            browser.open(link(list.err()))
                    .awaitText("change/hello/app", "ChangeRole", "DeployNode")
                    .assertTextAbsent("show/hello/");
            browser.open(link(all.err())).awaitText("SluiceCluster", "hello", "show/hello/");
        }
    }

    private static String plan(SluiceProcess.ProcessOutcome waiting) {
        assertThat(waiting.exit()).as(waiting.transcript()).isEqualTo(6);
        Matcher plan = Pattern.compile("--plan ([0-9a-f]{12})").matcher(waiting.transcript());
        assertThat(plan.find()).as(waiting.transcript()).isTrue();
        return plan.group(1);
    }

    private static String link(String printed) {
        Matcher link = LINK.matcher(printed);
        assertThat(link.find()).as(printed).isTrue();
        return link.group();
    }

    /** As Sluice prints it. */
    private static String page(LabEnvironment world, String run) {
        return "%s/namespaces/%s/workflows/%s"
                .formatted(world.setting("SLUICE_UI"), world.setting("TEMPORAL_NAMESPACE"), run.replace("/", "%2F"));
    }

    /** Another tab of the page that the browser is on. */
    private static String tab(WebUiBrowser browser, String name) {
        LabEnvironment.awaitTrue(
                "the newest execution",
                java.time.Duration.ofSeconds(20),
                () -> browser.address().endsWith("/timeline"));
        return browser.address().replaceFirst("/timeline$", "/" + name);
    }
}
