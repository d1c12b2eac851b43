package dev.sluice.activities.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activities.ssh.Answer;
import dev.sluice.activities.ssh.Command;
import dev.sluice.activities.ssh.HostAuthority;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.activities.ssh.Shells;
import dev.sluice.workflows.activity.CloudActivities.BaseOrder;
import dev.sluice.workflows.activity.CloudActivities.CloneOrder;
import dev.sluice.workflows.activity.CloudActivities.SnapshotOrder;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.activity.NodeActivities.InspectOrder;
import dev.sluice.workflows.activity.NodeActivities.RecipeOrder;
import dev.sluice.workflows.model.Bake;
import dev.sluice.workflows.model.CheckResult;
import dev.sluice.workflows.model.Checks;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeFile;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.Template;
import dev.sluice.workflows.model.Verdict;
import io.temporal.failure.ApplicationFailure;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipe, first boot and gate on real machines of the lab: what is broken closes the gate, by its check's own sentence. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealNodeIT {
    private static final Path HELLO =
            Path.of(System.getProperty("sluice.home", "..")).resolve("examples/hello/app");
    private static final String CERTIFICATE =
            "openssl req -x509 -newkey ed25519 -nodes -subj /CN=www.hello.example -keyout /srv/hello/site.key"
                    + " -out /srv/hello/site.pem -days ";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Map<String, String> VALUES = Map.of("serviceName", "www.hello.example", "port", "8080");

    private RealLab lab;
    private RemoteNodes nodes;
    private Template template;
    private Node node;
    private Node member;

    @BeforeAll
    void twoNodesOfOneTemplate(@TempDir Path folder) throws IOException {
        lab = new RealLab(folder);
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

    @Test
    void a_node_as_it_should_be_opens_the_gate() {
        Verdict verdict = nodes.inspect(order(node));
        assertThat(verdict.failures()).isEmpty();
        assertThat(verdict.opensGate()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "@@", quoteCharacter = '`', textBlock = """
            hostname @@ hostname stranger @@ hostname hello-app-one @@ is 'stranger', expected 'hello-app-one'
            machine-id @@ cp /etc/machine-id /run/kept; sed -n 's/^machine-id //p' /var/lib/sluice/template >/etc/machine-id @@ cat /run/kept >/etc/machine-id @@ .* is the template's; first boot has to make a new one
            host-key @@ sed -n 's/^host-key //p' /var/lib/sluice/template >/etc/ssh/ssh_host_old_key.pub @@ rm /etc/ssh/ssh_host_old_key.pub @@ a host key on its disk is the template's
            processes,ports,http,execution-time @@ systemctl stop apache2 @@ systemctl start apache2 @@ apache2 does not run|nothing listens on 10\\.77\\..*:8080|8080/(health)? gave no answer \\(curl exit 7\\)|8080/(health)? gave no answer to time
            closed-ports @@ setsid python3 -m http.server 8080 --bind $PUBLIC </dev/null >/run/own.log 2>&1 & echo $! >/run/own.pid; until curl -s -o /dev/null http://$PUBLIC:8080/; do sleep 0.05; done @@ kill $(cat /run/own.pid) @@ 198\\.18\\..*:8080 does not refuse \\(curl exit 0\\); expected a refusal
            configuration @@ cp -p /etc/apache2/sites-enabled/hello.conf /run/kept; echo '# by hand' >>/etc/apache2/sites-enabled/hello.conf @@ cp -p /run/kept /etc/apache2/sites-enabled/hello.conf @@ /etc/apache2/sites-enabled/hello.conf differs from what is rendered for this node
            configuration @@ chmod 600 /etc/apache2/sites-enabled/hello.conf @@ chmod 644 /etc/apache2/sites-enabled/hello.conf @@ /etc/apache2/sites-enabled/hello.conf is 0600 root:root, expected 0644 root:root
            http @@ sed -i 's:"/health":"/wealth":' /srv/hello/app.py; systemctl restart apache2 @@ sed -i 's:"/wealth":"/health":' /srv/hello/app.py; systemctl restart apache2 @@ 8080/health answered 404, expected 200
            http @@ sed -i 's:"UP":"DOWN":' /srv/hello/app.py; systemctl restart apache2 @@ sed -i 's:"DOWN":"UP":' /srv/hello/app.py; systemctl restart apache2 @@ 8080/health answered 200 without the text '"UP"'; it began with '.*'
            execution-time @@ sed -i 's:^def health...$:&\\n    time.sleep(2.5):' /srv/hello/app.py; systemctl restart apache2 @@ sed -i '/time.sleep(2.5)/d' /srv/hello/app.py; systemctl restart apache2 @@ 8080/health took 2[0-9]{3} ms, at most 2000 ms expected
            certificate @@ $CERTIFICATE 1 2>&1 @@ $CERTIFICATE 90 2>&1 @@ /srv/hello/site.pem lasts 0 more days .*, at least 7 expected
            certificate @@ openssl genpkey -algorithm ed25519 -out /srv/hello/site.key @@ $CERTIFICATE 90 2>&1 @@ /srv/hello/site.pem does not belong to the key beside it \\(same name, .key\\)
            certificate @@ rm /srv/hello/site.pem @@ $CERTIFICATE 90 2>&1 @@ /srv/hello/site.pem cannot be read as a certificate
            packages @@ cp -p /var/lib/sluice/manifest /run/kept; echo 'stranger 1' >>/var/lib/sluice/manifest @@ cp -p /run/kept /var/lib/sluice/manifest @@ /var/lib/sluice/manifest is .*, the approved template's is .*
            """)
    void what_is_broken_by_hand_closes_the_gate(String checks, String breaks, String mends, String sentence) {
        run(breaks);
        try {
            closedBy(nodes.inspect(order(node)), checks, sentence);
        } finally {
            run(mends);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            wrong-package-version ; packages  ; differs from the template: apache2 is .*\\+lab1, expected .*
            other-cpu-model       ; cpu-model ; .*Lab Imaginary CPU.*
            missing-cpu-flag      ; cpu-flags ; .*aes.*
            slow-disk             ; fsync-time; .*
            app-answers-500       ; http      ; 8080/ answered 500, expected 200
            disk-full             ; disk,fsync-time ; 100 % of / in use, under 95 % expected|.*
            """)
    void a_fault_of_the_lab_closes_the_gate(String fault, String checks, String sentence) {
        long number = lab.breaks(fault, node.name().value());
        try {
            closedBy(nodes.inspect(order(node)), checks, sentence);
        } finally {
            lab.mends(number);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh-frozen", "off"})
    void a_node_that_does_not_answer_is_not_judged_but_asked_again(String fault) {
        Node silent = clone("hello-app-" + fault);
        nodes.firstBoot(boot(silent));
        lab.breaks(fault, silent.name().value());
        assertThatThrownBy(() -> nodes.inspect(order(silent)))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isIn("NODE_UNREACHABLE", "COMMAND_LOST");
                    assertThat(failure.isNonRetryable()).isFalse();
                    assertThat(failure.getOriginalMessage())
                            .contains(silent.name().value());
                });
    }

    @Test
    void another_machine_at_the_nodes_address_is_never_spoken_to_and_never_tried_again() {
        Node swapped = new Node(node.ref(), node.droplet(), member.privateAddress(), node.publicAddress());
        assertThatThrownBy(() -> nodes.inspect(order(swapped)))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(FailureType.HOST_IDENTITY.name());
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage()).contains("hello-app-one");
                });
        assertThat(FailureType.HOST_IDENTITY.exitCode()).isEqualTo(1);
    }

    @Test
    void a_first_boot_that_is_killed_after_each_of_its_round_trips_converges() {
        Node fresh = clone("hello-app-cut");
        int cuts = 0;
        while (!bootsWithin(fresh, cuts + 1)) {
            cuts++;
        }
        assertThat(cuts).as("round trips that were cut off").isGreaterThanOrEqualTo(3);
        assertThat(nodes.inspect(order(fresh)).failures()).isEmpty();
    }

    /** First boot by a worker that dies when it has made so many round trips; the answer of the last one is lost. */
    private boolean bootsWithin(Node fresh, int trips) {
        AtomicInteger left = new AtomicInteger(trips);
        try (RemoteNodes dying = remote(dyingAfter(left), lab.authority)) {
            dying.firstBoot(boot(fresh));
            return true;
        } catch (WorkerDied died) {
            return false;
        }
    }

    private Shells dyingAfter(AtomicInteger left) {
        return new Shells() {
            @Override
            public Shell open(Node asked) {
                return dying(lab.shells.open(asked));
            }

            @Override
            public Shell openAtFirstBoot(Node asked) {
                return dying(lab.shells.openAtFirstBoot(asked));
            }

            private Shell dying(Shell shell) {
                return (command, limit) -> {
                    Answer answer = shell.run(command, limit);
                    if (left.decrementAndGet() == 0) {
                        throw new WorkerDied();
                    }
                    return answer;
                };
            }
        };
    }

    private static final class WorkerDied extends RuntimeException {}

    /** Exactly these checks keep the gate closed, and each of their sentences is one of those. */
    private static void closedBy(Verdict verdict, String checks, String sentence) {
        Map<String, String> found = new TreeMap<>(verdict.failures().stream()
                .collect(Collectors.toMap(CheckResult::check, CheckResult::says, (one, other) -> one + " " + other)));
        Set<String> expected = new TreeSet<>(List.of(checks.split(",", -1)));
        assertThat(found.keySet()).as("%s", found).isEqualTo(expected);
        assertThat(verdict.opensGate()).isFalse();
        assertThat(verdict.failures())
                .allSatisfy(failure -> assertThat(failure.says()).matches(sentence));
    }

    private void run(String script) {
        String filled = script.replace("$CERTIFICATE", CERTIFICATE)
                .replace("$PUBLIC", node.publicAddress().value());
        Answer answer = lab.shells.open(node).run(Command.of("sh", "-c", filled), LIMIT);
        assertThat(answer.exit()).as("%s: %s", filled, answer).isZero();
    }

    private Template bake() throws IOException {
        NodeRef ref = ref("hello-app-bake");
        BaseOrder order =
                new BaseOrder(ref, "fra1", "s-1vcpu-1gb", "debian-12-x64", Optional.empty(), List.of("sluice"));
        DropletId droplet = lab.cloud.createBase(order);
        Node machine = lab.cloud.awaitDroplet(cloneOrder(ref, 1), droplet);
        List<NodeFile> files = List.of(
                file("/srv/hello/app.py", "app.py"),
                file("/srv/hello/app.wsgi", "app.wsgi"),
                file("/etc/apache2/mods-available/mpm_event.conf", "mpm_event.conf"));
        String recipe = text("recipe.sh") + "\n" + CERTIFICATE + "90\n";
        Digest manifest = nodes.runRecipe(new RecipeOrder(machine, new Bake("debian-12-x64", files, recipe), VALUES));
        nodes.cleanUp(machine);
        Template baked = lab.cloud.snapshotNode(new SnapshotOrder(ref, droplet, "hello-app 1", manifest));
        lab.cloud.destroyDroplet(ref);
        return baked;
    }

    private Node clone(String name) {
        CloneOrder order = cloneOrder(ref(name), template.image());
        return lab.cloud.awaitDroplet(order, lab.cloud.createDroplet(order));
    }

    private static CloneOrder cloneOrder(NodeRef ref, long image) {
        return new CloneOrder(ref, "fra1", "s-1vcpu-1gb", image, Optional.empty(), List.of("sluice"));
    }

    private static NodeRef ref(String name) {
        return new NodeRef(new ClusterName("hello"), Role.APP, new NodeName(name), "run-" + name);
    }

    private static FirstBootOrder boot(Node booted) {
        try {
            NodeFile site = file("/etc/apache2/sites-enabled/hello.conf", "site.conf.vm");
            return new FirstBootOrder(booted, List.of(site), List.of("apache2"), VALUES, Map.of());
        } catch (IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }

    private InspectOrder order(Node asked) {
        return new InspectOrder(asked, template, checks(), boot(asked), List.of(member));
    }

    private static Checks checks() {
        return new Checks(
                List.of("apache2"),
                List.of(8080),
                List.of(80, 8080),
                List.of(
                        new Checks.HttpCheck(8080, false, "www.hello.example", "/health", 200, "\"UP\"", 2000),
                        new Checks.HttpCheck(8080, false, "www.hello.example", "/", 200, "hello from", 2000)),
                List.of("apache2"),
                List.of("/srv/hello/site.pem"),
                Checks.Limits.DEFAULT,
                new Checks.Hardware(List.of(), true, List.of("aes"), 1, 400, 5.0, 400, 25),
                1);
    }

    private static NodeFile file(String path, String source) throws IOException {
        return new NodeFile(path, "root:root", "0644", Optional.of(text(source)), Optional.empty());
    }

    private static String text(String source) throws IOException {
        return java.nio.file.Files.readString(HELLO.resolve(source));
    }

    private static RemoteNodes remote(Shells shells, HostAuthority authority) {
        return new RemoteNodes(
                shells,
                authority,
                name -> {
                    throw new IllegalStateException("no secret is asked for, but " + name);
                },
                Clock.systemUTC(),
                verdict -> {});
    }
}
