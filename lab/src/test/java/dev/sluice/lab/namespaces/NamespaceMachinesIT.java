package dev.sluice.lab.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lab.machine.MachineFault;
import dev.sluice.lab.machine.MachineSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NamespaceMachinesIT {
    private static final String HOST_KEY = "cut -d' ' -f2 /etc/ssh/ssh_host_ed25519_key.pub";
    private static final String FSYNC =
            "python3 -c \"import os,time;f=os.open('/root/f',os.O_CREAT|os.O_WRONLY);os.write(f,b'x');"
                    + "t=time.time();os.fsync(f);print(int((time.time()-t)*1000))\"";

    // A race needs several tries to show.
    private static final int BOOTS = Integer.getInteger("sluice.lab.boots", 2);

    private TestNamespaceHub hub;

    @BeforeAll
    void open() throws IOException {
        hub = new TestNamespaceHub("");
    }

    @AfterAll
    void close() throws IOException {
        hub.close();
    }

    @Test
    void aDiskSurvivesAPowerCutButNotItsMachinesDestruction() throws IOException {
        MachineSpec machine = hub.machine(11, BaseImage.KEY, "");
        hub.sshOutput(machine, "echo kept >/root/mark");
        hub.machines.stop(machine.id());
        assertThat(hub.machines.isRunning(machine.id())).isFalse();
        assertThat(hub.ssh(machine, "true").code()).isNotZero();
        hub.machines.start(machine.id());
        hub.await(machine);
        assertThat(hub.sshOutput(machine, "cat /root/mark")).isEqualTo("kept");
        hub.machines.destroy(machine.id());
        assertThat(hub.directory.machine(machine.id())).doesNotExist();
        assertThat(hub.network("ip", "-o", "link").output()).doesNotContain("pub1@");
    }

    @Test
    void aShutdownEndsAMachineUnlessItIsFrozen() throws IOException {
        MachineSpec machine = hub.machine(12, BaseImage.KEY, "");
        hub.machines.inject(machine.id(), MachineFault.SSH_FROZEN, true);
        assertThat(hub.machines.shutdown(machine.id(), 1)).isFalse();
        hub.machines.inject(machine.id(), MachineFault.SSH_FROZEN, false);
        assertThat(hub.machines.shutdown(machine.id(), 20)).isTrue();
        assertThat(hub.machines.isRunning(machine.id())).isFalse();
        hub.machines.destroy(machine.id());
    }

    @Test
    void aCloneKeepsHostKeyAndMachineIdButNotTheName() throws IOException {
        MachineSpec parent = hub.machine(13, BaseImage.KEY, "");
        hub.sshOutput(parent, "rm /etc/debian_version; mv /srv /srv2; mkdir /srv");
        hub.machines.snapshot(parent.id(), "template");
        MachineSpec clone = hub.machine(14, "template", "");
        String identity = HOST_KEY + "; cat /etc/machine-id";
        assertThat(hub.sshOutput(clone, identity)).isEqualTo(hub.sshOutput(parent, identity));
        assertThat(hub.sshOutput(clone, "hostname; cat /etc/hostname")).isEqualTo("web14\nweb14");
        assertThat(hub.sshOutput(clone, "ls -d /etc/debian_version /srv2/lab /srv/lab 2>/dev/null || true"))
                .as("what was removed and renamed on the parent is so on the clone")
                .isEqualTo("/srv2/lab");
        hub.machines.deleteImage("template");
        assertThat(hub.sshOutput(clone, "cat /etc/hostname")).isEqualTo("web14");
        hub.machines.destroy(clone.id());
        hub.machines.destroy(parent.id());
    }

    @Test
    void aHostKeyInTheUserDataReplacesTheParentsKey() throws IOException {
        Path key = hub.directory.file("host");
        HostCommand.run(
                List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()), Duration.ofSeconds(10));
        String indented = Files.readString(key).strip().replace("\n", "\n    ");
        String userData = "#cloud-config\nssh_keys:\n  ed25519_private: |\n    %s\n".formatted(indented);
        MachineSpec machine = hub.machine(15, BaseImage.KEY, userData);
        String expected = Files.readString(hub.directory.file("host.pub"))
                .split(" ", -1)[1]
                .strip();
        assertThat(hub.sshOutput(machine, HOST_KEY)).isEqualTo(expected);
        assertThat(hub.network("ssh-keyscan", "-t", "ed25519", "10.77.0.15").output())
                .contains(expected);
        hub.machines.destroy(machine.id());
    }

    @Test
    void aScriptInTheUserDataRunsAtTheFirstBootOnly() throws IOException {
        MachineSpec machine = hub.machine(16, BaseImage.KEY, "#!/bin/sh\necho run >>/root/runs\n");
        hub.sshOutput(machine, "cloud-init status --wait");
        hub.machines.stop(machine.id());
        hub.machines.start(machine.id());
        hub.await(machine);
        assertThat(hub.sshOutput(machine, "cloud-init status --wait; cat /root/runs"))
                .isEqualTo("status: done\nrun");
        hub.machines.destroy(machine.id());
    }

    @Test
    void theProvidersScriptsRunInTheLastStageAndInterfacesHaveTheAddressesOfTheMetadata() throws IOException {
        MachineSpec machine = hub.machine(18, BaseImage.KEY, "");
        assertThat(hub.sshOutput(machine, "cloud-init status --wait; cat /root/provider-script-ran /etc/hosts"))
                .isEqualTo("status: done\nweb18\n127.0.0.1 localhost\n127.0.1.1 web18");
        assertThat(hub.sshOutput(machine, "ip -o link show eth0; ip -o link show eth1"))
                .contains(
                        MetadataServer.macOf(machine.publicAddress()), MetadataServer.macOf(machine.privateAddress()));
        hub.sshOutput(machine, ": >/etc/cloud/cloud-init.disabled; echo '192.0.2.7 db' >>/etc/hosts");
        hub.machines.stop(machine.id());
        hub.machines.start(machine.id());
        hub.await(machine);
        assertThat(hub.sshOutput(machine, "cloud-init status --wait; cat /root/provider-script-ran; getent hosts db"))
                .startsWith("status: disabled\nweb18\n192.0.2.7");
        hub.machines.destroy(machine.id());
    }

    @Test
    void aLongChainOfSnapshotsBootsWithAllTheirFiles() throws IOException {
        String image = BaseImage.KEY;
        for (int generation = 1; generation <= 14; generation++) {
            MachineSpec machine = hub.machine(17, image, "");
            hub.sshOutput(machine, "echo %d >>/root/generations".formatted(generation));
            image = "generation" + generation;
            hub.machines.snapshot(machine.id(), image);
            hub.machines.destroy(machine.id());
        }
        MachineSpec last = hub.machine(17, image, "");
        assertThat(hub.sshOutput(last, "tail -n 1 /root/generations; wc -l </root/generations"))
                .isEqualTo("14\n14");
        hub.machines.destroy(last.id());
    }

    @Test
    void eachSystemFaultIsVisibleUntilItEnds() throws IOException {
        MachineSpec machine = hub.machine(18, BaseImage.KEY, "");
        seen(machine, MachineFault.WRONG_PACKAGE_VERSION, "dpkg-query -W -f '${Version}' apache2", ".*\\+lab1");
        seen(machine, MachineFault.OTHER_CPU_MODEL, "grep -m1 'model name' /proc/cpuinfo", ".*Imaginary.*");
        seen(machine, MachineFault.MISSING_CPU_FLAG, "grep -c -m1 -w aes /proc/cpuinfo || true", "0");
        seen(machine, MachineFault.APP_ANSWERS_500, "ls /srv/lab", "err500");
        seen(machine, MachineFault.DISK_FULL, "df --output=pcent / | tail -n 1", "\\s*100%");
        hub.machines.destroy(machine.id());
    }

    /** As the API breaks the next droplet: the machine has its addresses and still boots. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            WRONG_PACKAGE_VERSION ; dpkg-query -W -f '${Version}' apache2 ; .*\\+lab1
            OTHER_CPU_MODEL ; grep -m1 'model name' /proc/cpuinfo ; .*Imaginary.*
            MISSING_CPU_FLAG ; grep -c -m1 -w aes /proc/cpuinfo ; 0
            APP_ANSWERS_500 ; ls /srv/lab ; err500
            SLOW_DISK ; cat /etc/ld.so.preload ; .*slow-disk.so
            DISK_FULL ; df --output=pcent / | tail -n 1 ; \\s*100%
            """)
    void aFaultThatComesWithTheBootIsInForceWhenTheMachineIsThere(MachineFault fault, String look, String wanted)
            throws IOException {
        for (int time = 0; time < BOOTS; time++) {
            MachineSpec machine = hub.fresh(24, BaseImage.KEY, "");
            hub.machines.inject(machine.id(), fault, true);
            HostCommand.CommandOutcome seen = hub.machines.runInside(machine.id(), List.of("sh", "-c", look));
            assertThat(seen.output().strip()).as(seen.errors()).matches(wanted);
            hub.machines.destroy(machine.id());
        }
    }

    @Test
    void aMachineFrozenDuringItsBootAcceptsConnectionsSilently() throws IOException {
        for (int time = 0; time < BOOTS; time++) {
            MachineSpec machine = hub.fresh(25, BaseImage.KEY, "");
            hub.machines.inject(machine.id(), MachineFault.SSH_FROZEN, true);
            String connect = "exec 3<>/dev/tcp/10.77.0.25/22 && echo connected && timeout 1 head -c 4 <&3";
            assertThat(hub.network("timeout", "5", "bash", "-c", connect).output())
                    .isEqualTo("connected\n");
            hub.machines.destroy(machine.id());
        }
    }

    @Test
    void aMachineCanLoseItsPowerDuringItsBoot() throws IOException {
        for (int time = 0; time < BOOTS; time++) {
            MachineSpec machine = hub.fresh(26, BaseImage.KEY, "");
            hub.machines.inject(machine.id(), MachineFault.OFF, true);
            assertThat(hub.machines.isRunning(machine.id())).isFalse();
            hub.machines.inject(machine.id(), MachineFault.OFF, false);
            hub.await(machine);
            hub.machines.destroy(machine.id());
        }
    }

    @Test
    void aSlowDiskDelaysEachFlushByFortyMilliseconds() throws IOException {
        MachineSpec machine = hub.machine(19, BaseImage.KEY, "");
        hub.machines.inject(machine.id(), MachineFault.SLOW_DISK, true);
        assertThat(Integer.parseInt(hub.sshOutput(machine, FSYNC))).isGreaterThanOrEqualTo(40);
        hub.machines.inject(machine.id(), MachineFault.SLOW_DISK, false);
        assertThat(hub.sshOutput(machine, "ls /etc/ld.so.preload 2>/dev/null || true"))
                .isEmpty();
        hub.machines.destroy(machine.id());
    }

    @Test
    void aFrozenMachineAcceptsConnectionsButSshIsSilent() throws IOException {
        MachineSpec machine = hub.machine(20, BaseImage.KEY, "");
        hub.machines.inject(machine.id(), MachineFault.SSH_FROZEN, true);
        String connect = "exec 3<>/dev/tcp/10.77.0.20/22 && echo connected && timeout 1 head -c 4 <&3";
        assertThat(hub.network("timeout", "5", "bash", "-c", connect).output()).isEqualTo("connected\n");
        hub.machines.inject(machine.id(), MachineFault.SSH_FROZEN, false);
        hub.await(machine);
        assertThat(hub.network("timeout", "5", "bash", "-c", connect).output()).contains("SSH-");
        hub.machines.destroy(machine.id());
    }

    @Test
    void aMachineCannotSendFromAForeignAddress() throws IOException {
        MachineSpec machine = hub.machine(21, BaseImage.KEY, "");
        MachineSpec other = hub.machine(22, BaseImage.KEY, "");
        hub.sshOutput(machine, "ip address add 10.77.0.99/32 dev eth1");
        assertThat(hub.sshOutput(machine, "ping -c 1 -W 1 10.77.0.22 >/dev/null && echo answered"))
                .isEqualTo("answered");
        assertThat(hub.sshOutput(machine, "ping -c 1 -W 1 -I 10.77.0.99 10.77.0.22 >/dev/null || echo silence"))
                .isEqualTo("silence");
        hub.machines.destroy(machine.id());
        hub.machines.destroy(other.id());
    }

    @Test
    void refusesAnUnknownImageWithTheNamesOfAll() {
        assertThatThrownBy(() -> hub.machine(23, "no-such-image", ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-image")
                .hasMessageContaining(BaseImage.KEY);
    }

    private void seen(MachineSpec machine, MachineFault fault, String look, String wanted) throws IOException {
        assertThat(hub.sshOutput(machine, look)).as(fault + " before").doesNotMatch(wanted);
        hub.machines.inject(machine.id(), fault, true);
        assertThat(hub.sshOutput(machine, look)).as(fault + " in force").matches(wanted);
        hub.machines.inject(machine.id(), fault, false);
        assertThat(hub.sshOutput(machine, look)).as(fault + " taken back").doesNotMatch(wanted);
    }
}
