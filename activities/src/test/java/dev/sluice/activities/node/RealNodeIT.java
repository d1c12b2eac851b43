package dev.sluice.activities.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.ssh.CommandResult;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.activities.ssh.RemoteJob;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.workflows.activity.NodeActivities.RecipeOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.cluster.BakeSpec;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipe, first boot and gate on real machines of the lab: what is broken closes the gate, by its check's own sentence. */
final class RealNodeIT extends RealNodeFixture {
    private static final String KEY_OF_FIRST_CONTACT =
            "grep -rlsF --exclude-dir=sluice -e 'OPENSSH PRIVATE KEY' -e ed25519_private /var/lib/cloud /var/log /etc/ssh || :";

    @Test
    void healthyNodeOpensTheGate() {
        Verdict verdict = nodes.inspect(order(node));
        assertThat(verdict.failures()).isEmpty();
        assertThat(verdict.opensGate()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "@@", quoteCharacter = '`', textBlock = """
            hostname @@ hostname stranger @@ hostname hello-app-one @@ is 'stranger', expected 'hello-app-one'
            machine-id @@ cp /etc/machine-id /run/kept; sed -n 's/^machine-id //p' /var/lib/sluice/template >/etc/machine-id @@ cat /run/kept >/etc/machine-id @@ .* is the template's; first boot must create a new one
            host-key @@ sed -n 's/^host-key //p' /var/lib/sluice/template >/etc/ssh/ssh_host_old_key.pub @@ rm /etc/ssh/ssh_host_old_key.pub @@ a host key on its disk is the template's
            processes,ports,http,health,execution-time @@ systemctl stop apache2 @@ systemctl start apache2 @@ apache2 does not run|nothing listens on 10\\.77\\..*:8080|8080/(health)? refuses the connection|8080/(health)? gave no answer to time|a proxy's health check, .* refuses the connection
            closed-ports @@ setsid python3 -m http.server 8080 --bind $PUBLIC </dev/null >/run/own.log 2>&1 & echo $! >/run/own.pid; until curl -q -s -o /dev/null http://$PUBLIC:8080/; do sleep 0.05; done @@ kill $(cat /run/own.pid) @@ 198\\.18\\..*:8080 does not refuse \\(curl exit 0\\); expected a refusal
            configuration @@ cp -p /etc/apache2/sites-enabled/hello.conf /run/kept; echo '# by hand' >>/etc/apache2/sites-enabled/hello.conf @@ cp -p /run/kept /etc/apache2/sites-enabled/hello.conf @@ /etc/apache2/sites-enabled/hello.conf differs from its rendered template
            configuration @@ chmod 600 /etc/apache2/sites-enabled/hello.conf @@ chmod 644 /etc/apache2/sites-enabled/hello.conf @@ /etc/apache2/sites-enabled/hello.conf is 0600 root:root, expected 0644 root:root
            http,health @@ sed -i 's:"/health":"/wealth":' /srv/hello/app.py; systemctl restart apache2 @@ sed -i 's:"/wealth":"/health":' /srv/hello/app.py; systemctl restart apache2 @@ 8080/health answered 404, expected 200|a proxy's health check, .* gets 404, expected 200 to 399; .*
            http @@ sed -i 's:"UP":"DOWN":' /srv/hello/app.py; systemctl restart apache2 @@ sed -i 's:"DOWN":"UP":' /srv/hello/app.py; systemctl restart apache2 @@ 8080/health answered 200 without the text '"UP"'; it began with '.*'
            execution-time @@ sed -i 's:^def health...$:&\\n    time.sleep(2.5):' /srv/hello/app.py; systemctl restart apache2 @@ sed -i '/time.sleep(2.5)/d' /srv/hello/app.py; systemctl restart apache2 @@ 8080/health took 2[0-9]{3} ms, at most 2000 ms expected
            certificate @@ $CERTIFICATE 1 2>&1 @@ $CERTIFICATE 90 2>&1 @@ /srv/hello/site.pem lasts 0 more days .*, at least 7 expected
            certificate @@ openssl genpkey -algorithm ed25519 -out /srv/hello/site.key @@ $CERTIFICATE 90 2>&1 @@ /srv/hello/site.pem does not match its key \\(same name, .key\\)
            certificate @@ rm /srv/hello/site.pem @@ $CERTIFICATE 90 2>&1 @@ /srv/hello/site.pem cannot be read as a certificate
            packages @@ cp -p /var/lib/sluice/manifest /run/kept; echo 'stranger 1' >>/var/lib/sluice/manifest @@ cp -p /run/kept /var/lib/sluice/manifest @@ /var/lib/sluice/manifest is .*, the approved template's is .*
            """)
    void manualDamageClosesTheGate(String checks, String breaks, String mends, String sentence) {
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
            clock-skew            ; clock     ; .*
            """)
    void faultOfTheLabClosesTheGate(String fault, String checks, String sentence) {
        long number = lab.breaks(fault, node.name().value());
        try {
            closedBy(nodes.inspect(order(node)), checks, sentence);
        } finally {
            lab.mends(number);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh-frozen", "off"})
    void silentNodeIsRetriedAndNotJudged(String fault) {
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
    void neverRetriesAnotherMachineAtTheNodesAddress() {
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
    void killedFirstBootConverges() {
        Node fresh = clone("hello-app-cut");
        int cuts = 0;
        while (!bootsWithin(fresh, cuts + 1)) {
            cuts++;
        }
        assertThat(cuts).as("round trips that were cut off").isGreaterThanOrEqualTo(3);
        assertThat(nodes.inspect(order(fresh)).failures()).isEmpty();
    }

    @Test
    void retryWritesAFileWhoseWriterWasKilled() {
        Node half = clone("hello-app-half");
        long fault = lab.breaks("half-file", half.name().value());
        try {
            assertThatThrownBy(() -> nodes.firstBoot(boot(half)))
                    .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                        assertThat(failure.getType()).isEqualTo(FailureType.COMMAND_LOST.name());
                        assertThat(failure.isNonRetryable()).isFalse();
                        assertThat(failure.getOriginalMessage()).contains("cut off on its way");
                    });
        } finally {
            lab.mends(fault);
        }
        RemoteCommand left = RemoteCommand.of("ls", "-A", "/var/lib/sluice/jobs");
        assertThat(lab.shells.openAtFirstBoot(half).run(left, LIMIT).out()).isEmpty();
        assertThat(nodes.firstBoot(boot(half)).filesWritten()).isEqualTo(1);
        assertThat(nodes.inspect(order(half)).failures()).isEmpty();
    }

    @Test
    void waitsForARebootAndFailsItsJob() {
        Node rebooting = clone("hello-app-reboots");
        RemoteJob job = new RemoteJob(lab.shells.openAtFirstBoot(rebooting), "long");
        onceItAnswers(() -> job.start("sleep 60", "", Duration.ofMillis(100)));
        lab.breaks("node-reboots", rebooting.name().value(), 0);
        assertThat(endOf(job, rebooting))
                .containsAnyOf("it was killed before it ended", "the node was restarted while it ran");
        nodes.firstBoot(boot(rebooting));
        assertThat(nodes.inspect(order(rebooting)).failures()).isEmpty();
    }

    @Test
    void theProvidersScriptsRunInTheLastStageOfABootAndNoKeyOfFirstContactStays() {
        Node late = clone("hello-app-late");
        nodes.firstBoot(boot(late));
        assertThat(said(late, "cloud-init status --wait >&2; cat /run/cloud-init/result.json"))
                .contains("DataSourceDigitalOcean");
        assertThat(said(late, "tail -n 1 /root/provider-script-ran")).isEqualTo("hello-app-late");
        assertThat(said(late, "readlink /var/lib/cloud/instance"))
                .endsWith("/" + late.droplet().value());
        assertThat(said(late, KEY_OF_FIRST_CONTACT)).isEmpty();
    }

    @Test
    void aRebootBringsNoKeyBackAndLeavesTheHostsFileAsItIs() {
        Node rebooted = clone("hello-app-again");
        nodes.firstBoot(boot(rebooted));
        String before = said(rebooted, "cat /etc/hosts");
        String boot = said(rebooted, "stat -c %z /run/cloud-init");
        lab.breaks("node-reboots", rebooted.name().value(), 0);
        onceItAnswers(() -> {
            if (said(rebooted, "stat -c %z /run/cloud-init; cloud-init status --wait >&2")
                    .equals(boot)) {
                throw TypedFailures.of(FailureType.NODE_UNREACHABLE, "not yet down");
            }
            return boot;
        });
        assertThat(said(rebooted, KEY_OF_FIRST_CONTACT)).isEmpty();
        assertThat(said(rebooted, "cat /etc/hosts")).isEqualTo(before);
        assertThat(nodes.inspect(order(rebooted)).failures()).isEmpty();
    }

    @Test
    void foreignLinesOfTheHostsFileStayAndTheTemplateKnowsNothingOfTheMachineItWas() {
        assertThat(said(node, "getent hosts db")).startsWith("192.0.2.7");
        assertThat(said(node, "getent hosts " + node.name()))
                .startsWith(node.privateAddress().value());
        assertThat(said(node, "cat /etc/hosts")).doesNotContain("hello-app-bake");
        assertThat(leftInTheTemplate).isEmpty();
    }

    @Test
    void aBakeWaitsForWhatHoldsAptsLocks() {
        Node busy = clone("hello-app-busy");
        nodes.firstBoot(boot(busy));
        said(
                busy,
                "setsid python3 -c 'import fcntl,time; f=open(\"/var/lib/apt/lists/lock\",\"w\"); fcntl.lockf(f, fcntl.LOCK_EX);"
                        + " open(\"/run/held\",\"w\"); time.sleep(3); open(\"/run/freed\",\"w\")' </dev/null >/dev/null 2>&1 &"
                        + " until [ -e /run/held ]; do sleep 0.05; done");
        String recipe =
                "[ -e /run/freed ] || { echo 'the lock was held'; exit 3; }\ncat /etc/apt/apt.conf.d/* | grep -q 300\n";
        nodes.runRecipe(new RecipeOrder(busy, new BakeSpec("debian-12-x64", List.of(), recipe), VALUES));
        assertThat(said(busy, "ls /etc/apt/apt.conf.d"))
                .contains("99-sluice-no-upgrades")
                .doesNotContain("-bake");
    }

    @Test
    void aBakeWhoseSshdLetsNobodyInAgainSaysSo() {
        Node locked = clone("hello-app-locked");
        nodes.firstBoot(boot(locked));
        said(locked, "printf 'PermitRootLogin no\\nAllowUsers deploy\\n' >/etc/ssh/sshd_config.d/50-hardening.conf");
        assertThatThrownBy(() -> nodes.cleanUp(locked)).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo(FailureType.COMMAND_FAILED.name());
            assertThat(failure.getOriginalMessage())
                    .contains("hello-app-locked: a second login with sshd as the recipe left it is refused")
                    .contains("AllowUsers");
        });
    }

    @Test
    void aBakeWhoseSshdReadsNoDropInsSaysSo() {
        Node closed = clone("hello-app-closed");
        nodes.firstBoot(boot(closed));
        String recipe = "printf 'HostKey /etc/ssh/ssh_host_ed25519_key\\nUsePAM yes\\n' >/etc/ssh/sshd_config\n";
        assertThatThrownBy(() -> nodes.runRecipe(
                        new RecipeOrder(closed, new BakeSpec("debian-12-x64", List.of(), recipe), VALUES)))
                .hasMessageContaining("/etc/ssh/sshd_config does not include /etc/ssh/sshd_config.d")
                .hasMessageContaining("put this line at its top: Include /etc/ssh/sshd_config.d/*.conf");
    }

    private static String endOf(RemoteJob job, Node rebooting) {
        ApplicationFailure end = catchThrowableOfType(
                ApplicationFailure.class, () -> onceItAnswers(() -> job.finish(rebooting, "sleep 60", "", LIMIT)));
        assertThat(end.getType()).isEqualTo(FailureType.COMMAND_FAILED.name());
        return end.getOriginalMessage();
    }

    private static <T> T onceItAnswers(Supplier<T> asked) {
        try (ActivityHeartbeat beats = ActivityHeartbeat.start()) {
            return RetryUntilReachable.of(
                            beats, Duration.ofSeconds(60), FailureType.NODE_UNREACHABLE, FailureType.COMMAND_LOST)
                    .await(asked);
        }
    }

    @Test
    void sendsNothingToAnotherHostKey() {
        Node other = clone("hello-app-other");
        long fault = lab.breaks("other-host-key", other.name().value());
        try {
            assertThatThrownBy(() -> nodes.firstBoot(boot(other)))
                    .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                        assertThat(failure.getType()).isEqualTo(FailureType.HOST_IDENTITY.name());
                        assertThat(failure.isNonRetryable()).isTrue();
                    });
        } finally {
            lab.mends(fault);
        }
        nodes.firstBoot(boot(other));
        String heard = lab.shells
                .open(other)
                .run(RemoteCommand.of("cat", "/run/lab/other/log"), LIMIT)
                .out();
        assertThat(heard).contains("Connection from").doesNotContain("Accepted", "Failed", "authenticating user");
    }

    /** First boot by a worker that dies when it has made so many round trips; the answer of the last one is lost. */
    private boolean bootsWithin(Node fresh, int trips) {
        AtomicInteger left = new AtomicInteger(trips);
        try (SshNodeActivities dying = remote(dyingAfter(left), lab.authority)) {
            dying.firstBoot(boot(fresh));
            return true;
        } catch (WorkerDied died) {
            return false;
        }
    }

    private NodeShells dyingAfter(AtomicInteger left) {
        return new NodeShells() {
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
                    CommandResult answer = shell.run(command, limit);
                    if (left.decrementAndGet() == 0) {
                        throw new WorkerDied();
                    }
                    return answer;
                };
            }
        };
    }

    private static final class WorkerDied extends RuntimeException {}
}
