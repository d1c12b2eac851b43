package dev.sluice.activities.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.ssh.CommandResult;
import dev.sluice.activities.ssh.HostCertificateAuthority;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.workflows.activity.CloudActivities.BaseDropletOrder;
import dev.sluice.workflows.activity.CloudActivities.CloneOrder;
import dev.sluice.workflows.activity.CloudActivities.SnapshotOrder;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.activity.NodeActivities.HealthRequest;
import dev.sluice.workflows.activity.NodeActivities.InspectOrder;
import dev.sluice.workflows.activity.NodeActivities.RecipeOrder;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckSpec;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.cluster.BakeSpec;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.NodeFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of one template on a lab of their own, and what is asked of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RealNodeFixture {
    private static final Path HELLO =
            Path.of(System.getProperty("sluice.home", "..")).resolve("examples/hello/app");
    private static final String CERTIFICATE =
            "openssl req -x509 -newkey ed25519 -nodes -subj /CN=www.hello.example -keyout /srv/hello/site.key"
                    + " -out /srv/hello/site.pem -days ";
    static final Duration LIMIT = Duration.ofSeconds(20);
    static final Map<String, String> VALUES = Map.of("serviceName", "www.hello.example", "port", "8080");

    /** A golden image: settings of every login, few sessions, a foreign line in /etc/hosts, and apt busy meanwhile. */
    private static final String SURROUNDINGS = """
            printf 'http_proxy=http://10.77.0.1:3128\nhttps_proxy=http://10.77.0.1:3128\nno_proxy=localhost\n' >>/etc/environment
            printf 'TMPDIR=/nowhere\nLC_ALL=tr_TR.UTF-8\nPOSIXLY_CORRECT=1\n' >>/etc/environment
            printf 'proxy = http://10.77.0.1:3128\nuser-agent = golden\n' >/root/.curlrc
            printf 'shopt -s expand_aliases\nalias grep="grep -v" awk=false\nset -o noclobber\n' >/root/.bashrc
            printf 'MaxSessions 2\nMaxAuthTries 3\n' >/etc/ssh/sshd_config.d/50-hardening.conf
            echo '192.0.2.7 db' >>/etc/hosts
            setsid python3 -c 'import fcntl,time; f=open("/var/lib/dpkg/lock-frontend","w"); fcntl.lockf(f, fcntl.LOCK_EX); time.sleep(3)' </dev/null >/dev/null 2>&1 &
            sleep 1
            apt-get install -q -y --no-install-recommends curl
            """;

    /** Files of the cleaned machine that still name it or one of its addresses. */
    String leftInTheTemplate = "";

    RealMachineLab lab;
    SshNodeActivities nodes;
    Template template;
    Node node;
    Node member;

    @BeforeAll
    void twoNodesOfOneTemplate(@TempDir Path folder) throws IOException {
        lab = new RealMachineLab(folder);
        nodes = remote(lab.shells, lab.authority);
        template = bake();
        member = clone("hello-app-two");
        node = clone("hello-app-one");
        nodes.firstBoot(boot(member));
        nodes.firstBoot(boot(node));
    }

    @AfterAll
    void close() throws IOException {
        nodes.close();
        lab.close();
    }

    /** Exactly these checks keep the gate closed, and each of their sentences is one of those. */
    static void closedBy(Verdict verdict, String checks, String sentence) {
        Map<String, String> found = new TreeMap<>(verdict.failures().stream()
                .collect(Collectors.toMap(CheckResult::check, CheckResult::says, (one, other) -> one + " " + other)));
        Set<String> expected = new TreeSet<>(List.of(checks.split(",", -1)));
        assertThat(found.keySet()).as("%s", found).isEqualTo(expected);
        assertThat(verdict.opensGate()).isFalse();
        assertThat(verdict.failures())
                .allSatisfy(failure -> assertThat(failure.says()).matches(sentence));
    }

    void run(String script) {
        String filled = script.replace("$CERTIFICATE", CERTIFICATE)
                .replace("$PUBLIC", node.publicAddress().value());
        CommandResult answer = lab.shells.open(node).run(RemoteCommand.of("sh", "-c", filled), LIMIT);
        assertThat(answer.exit()).as("%s: %s", filled, answer).isZero();
    }

    Template bake() throws IOException {
        NodeRef ref = ref("hello-app-bake");
        BaseDropletOrder order =
                new BaseDropletOrder(ref, "fra1", "s-1vcpu-1gb", "debian-12-x64", Optional.empty(), List.of("sluice"));
        DropletId droplet = lab.cloud.createBase(order);
        Node machine = lab.cloud.awaitDroplet(cloneOrder(ref, 1), droplet);
        List<NodeFile> files = List.of(
                file("/srv/hello/app.py", "app.py"),
                file("/srv/hello/app.wsgi", "app.wsgi"),
                file("/etc/apache2/mods-available/mpm_event.conf", "mpm_event.conf"));
        nodes.firstBoot(new FirstBootOrder(machine, List.of(), List.of(), VALUES, Map.of()));
        String recipe = SURROUNDINGS + text("recipe.sh") + "\n" + CERTIFICATE + "90\n";
        Sha256Digest manifest =
                nodes.runRecipe(new RecipeOrder(machine, new BakeSpec("debian-12-x64", files, recipe), VALUES));
        nodes.cleanUp(machine);
        String own = "grep -rlsF --exclude=provider-script-ran -e '%s' -e '%s' -e '%s' /etc /root /home /var || :"
                .formatted(machine.privateAddress(), machine.publicAddress(), machine.name());
        leftInTheTemplate = lab.shells
                .openAtFirstBoot(machine)
                .run(RemoteCommand.of("sh", "-c", own), LIMIT)
                .out();
        Template baked = lab.cloud.snapshotNode(new SnapshotOrder(ref, droplet, "hello-app 1", manifest));
        lab.cloud.destroyDroplet(ref);
        return baked;
    }

    /** What a command says on a node, over its own connection. */
    String said(Node asked, String script) {
        CommandResult answer = lab.shells.openAtFirstBoot(asked).run(RemoteCommand.of("sh", "-c", script), LIMIT);
        assertThat(answer.exit()).as("%s: %s", script, answer).isZero();
        return answer.out().strip();
    }

    Node clone(String name) {
        CloneOrder order = cloneOrder(ref(name), template.image());
        return lab.cloud.awaitDroplet(order, lab.cloud.createDroplet(order));
    }

    static CloneOrder cloneOrder(NodeRef ref, long image) {
        return new CloneOrder(ref, "fra1", "s-1vcpu-1gb", image, Optional.empty(), List.of("sluice"));
    }

    static NodeRef ref(String name) {
        return new NodeRef(new ClusterName("hello"), Role.APP, new NodeName(name), "run-" + name);
    }

    static FirstBootOrder boot(Node booted) {
        try {
            NodeFile site = file("/etc/apache2/sites-enabled/hello.conf", "site.conf.vm");
            return new FirstBootOrder(booted, List.of(site), List.of("apache2"), VALUES, Map.of());
        } catch (IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }

    InspectOrder order(Node asked) {
        return new InspectOrder(
                asked,
                template,
                checks(),
                boot(asked),
                List.of(member),
                Optional.empty(),
                Optional.of(new HealthRequest(8080, "/health")));
    }

    static CheckSpec checks() {
        return new CheckSpec(
                List.of("apache2"),
                List.of(8080),
                List.of(80, 8080),
                List.of(
                        new CheckSpec.HttpCheck(8080, false, "www.hello.example", "/health", 200, "\"UP\"", 2000),
                        new CheckSpec.HttpCheck(8080, false, "www.hello.example", "/", 200, "hello from", 2000)),
                List.of("apache2"),
                List.of("/srv/hello/site.pem"),
                CheckSpec.CheckLimits.DEFAULT,
                new CheckSpec.HardwareRequirements(List.of(), true, List.of("aes"), 1, 400, 5.0, 400, 25),
                1);
    }

    static NodeFile file(String path, String source) throws IOException {
        return new NodeFile(path, "root:root", "0644", Optional.of(text(source)), Optional.empty());
    }

    static String text(String source) throws IOException {
        return java.nio.file.Files.readString(HELLO.resolve(source));
    }

    static SshNodeActivities remote(NodeShells shells, HostCertificateAuthority authority) {
        return new SshNodeActivities(
                shells,
                authority,
                name -> {
                    throw new IllegalStateException("no secret is asked for, but " + name);
                },
                Clock.systemUTC(),
                verdict -> {});
    }
}
