package dev.sluice.lab.namespaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.machine.MachineFault;
import dev.sluice.lab.machine.MachineSpec;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Faults that break a machine's programs: each is visible from outside until it ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrokenMachineIT {
    private static final String SERVED = "curl -s -o /dev/null --retry-connrefused --retry 20 --retry-delay 0"
            + " --retry-max-time 5 -w '%{http_code}' http://127.0.0.1/";
    private static final String GONE = "n=0; while pgrep -x apache2 >/dev/null && [ $n -lt 250 ]; do"
            + " n=$((n + 1)); sleep 0.02; done; pgrep -c -x apache2 || true";

    private TestNamespaceHub hub;
    private MachineSpec machine;

    @BeforeAll
    void open() throws IOException {
        hub = new TestNamespaceHub("b");
        machine = hub.machine(31, BaseImage.KEY, "");
    }

    @AfterAll
    void close() throws IOException {
        hub.close();
    }

    @Test
    void aSkewedClockIsAheadForEveryStartedProgram() throws IOException {
        hub.machines.inject(machine.id(), MachineFault.CLOCK_SKEW, 400, true);
        assertThat(ahead("date +%s")).isBetween(399L, 402L);
        assertThat(ahead("python3 -c 'import time; print(int(time.time()))'")).isBetween(399L, 402L);
        hub.machines.inject(machine.id(), MachineFault.SLOW_DISK, true);
        hub.machines.inject(machine.id(), MachineFault.CLOCK_SKEW, false);
        assertThat(ahead("date +%s")).isBetween(-1L, 2L);
        assertThat(hub.sshOutput(machine, "cat /etc/ld.so.preload"))
                .as("the other fault")
                .endsWith("slow-disk.so");
        hub.machines.inject(machine.id(), MachineFault.SLOW_DISK, false);
    }

    @Test
    void aSkewedClockStaysWrongAfterAPowerCut() throws IOException {
        hub.machines.inject(machine.id(), MachineFault.CLOCK_SKEW, true);
        hub.machines.stop(machine.id());
        hub.machines.start(machine.id());
        hub.await(machine);
        assertThat(ahead("date +%s")).isBetween(89L, 92L);
        hub.machines.inject(machine.id(), MachineFault.CLOCK_SKEW, false);
    }

    @Test
    void aReloadFaultKillsHttpdUntilTheNextStart() throws IOException {
        hub.sshOutput(machine, "systemctl start apache2");
        hub.machines.inject(machine.id(), MachineFault.RELOAD_KILLS_HTTPD, true);
        for (int time = 0; time < 2; time++) {
            assertThat(hub.sshOutput(machine, "apachectl configtest 2>&1")).contains("Syntax OK");
            assertThat(hub.sshOutput(machine, "apachectl graceful; " + GONE)).isEqualTo("0");
            assertThat(hub.sshOutput(machine, "tail -n 1 /var/log/apache2/error.log"))
                    .contains("Unable to open logs");
            assertThat(hub.sshOutput(machine, "apachectl start; " + SERVED)).isEqualTo("200");
        }
        hub.machines.inject(machine.id(), MachineFault.RELOAD_KILLS_HTTPD, false);
        String before = hub.sshOutput(machine, "cat /run/apache2/apache2.pid");
        assertThat(hub.sshOutput(machine, "apachectl graceful; " + SERVED)).isEqualTo("200");
        assertThat(hub.sshOutput(machine, "cat /run/apache2/apache2.pid")).isEqualTo(before);
    }

    @Test
    void aHalfFileHas512BytesAndItsWriterIsKilled() throws IOException {
        hub.machines.inject(machine.id(), MachineFault.HALF_FILE, true);
        assertThat(hub.ssh(machine, "head -c 2000 /dev/zero >/root/half; exit $?")
                        .code())
                .as("128 and SIGXFSZ")
                .isEqualTo(128 + 25);
        assertThat(hub.sshOutput(machine, "stat -c %s /root/half; head -c 500 /dev/zero >/root/small && echo whole"))
                .isEqualTo("512\nwhole");
        hub.machines.inject(machine.id(), MachineFault.HALF_FILE, false);
        assertThat(hub.sshOutput(machine, "head -c 2000 /dev/zero >/root/half; stat -c %s /root/half"))
                .isEqualTo("2000");
    }

    @Test
    void aRebootFaultRebootsTheMachineOnce() throws IOException {
        String first = booted();
        hub.machines.inject(machine.id(), MachineFault.NODE_REBOOTS, 1, true);
        String second = first;
        for (int tries = 0; tries < 200 && second.equals(first); tries++) {
            second = booted();
        }
        assertThat(second).isNotEqualTo(first);
        hub.await(machine);
        assertThat(hub.machines.isRunning(machine.id())).isTrue();
        assertThat(timers()).as("reboots to come").isEqualTo("0");
        hub.machines.inject(machine.id(), MachineFault.NODE_REBOOTS, false);
    }

    @Test
    void aRebootEndedInTimeDoesNotHappen() throws IOException {
        hub.machines.inject(machine.id(), MachineFault.NODE_REBOOTS, 600, true);
        assertThat(timers()).isEqualTo("1");
        hub.machines.inject(machine.id(), MachineFault.NODE_REBOOTS, false);
        assertThat(timers()).isEqualTo("0");
    }

    @Test
    void anotherHostKeyAnswersUntilTheFaultEnds() throws IOException {
        String own = hostKey();
        hub.machines.inject(machine.id(), MachineFault.OTHER_HOST_KEY, true);
        assertThat(hostKey()).contains("ssh-ed25519").isNotEqualTo(own);
        hub.machines.stop(machine.id());
        hub.machines.start(machine.id());
        assertThat(firstHostKey()).contains("ssh-ed25519").isNotEqualTo(own);
        hub.machines.inject(machine.id(), MachineFault.OTHER_HOST_KEY, false);
        assertThat(hostKey()).isEqualTo(own);
    }

    /** How many seconds a clock of the machine is ahead of this one's. */
    private long ahead(String clock) throws IOException {
        return Long.parseLong(hub.sshOutput(machine, clock)) - System.currentTimeMillis() / 1000;
    }

    private String hostKey() throws IOException {
        return hub.network("ssh-keyscan", "-t", "ed25519", machine.privateAddress())
                .output();
    }

    /** The first host key that the machine shows after its start; each scan that finds no sshd yet ends after seconds. */
    private String firstHostKey() throws IOException {
        String key = hostKey();
        for (int tries = 0; tries < 200 && key.isEmpty(); tries++) {
            key = hostKey();
        }
        return key;
    }

    /** The start time of the machine's first process; empty while the machine is down. */
    private String booted() throws IOException {
        return hub.ssh(machine, "cut -d' ' -f22 /proc/1/stat").output().strip();
    }

    private String timers() throws IOException {
        return hub.machines
                .runInside(machine.id(), List.of("sh", "-c", "pgrep -c -f '[r]eboots /run/lab' || true"))
                .output()
                .strip();
    }
}
