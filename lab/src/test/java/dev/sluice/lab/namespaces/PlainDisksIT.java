package dev.sluice.lab.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lab.machine.MachineFault;
import dev.sluice.lab.machine.MachineSpec;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The lab on a kernel whose tmpfs has no extended attributes, such as that of Debian 12. */
final class PlainDisksIT {
    @Test
    void plainDirectoriesHoldMachinesAndTheFilesOfClones() throws IOException {
        try (TestNamespaceHub hub = new TestNamespaceHub("p", Map.of("SLUICE_LAB_DISKS", "plain"))) {
            MachineSpec parent = hub.machine(31, BaseImage.KEY, "");
            hub.sshOutput(parent, "rm /etc/debian_version; mv /srv /srv2; mkdir /srv; echo kept >/root/mark");
            hub.machines.stop(parent.id());
            hub.machines.start(parent.id());
            hub.await(parent);
            assertThat(hub.sshOutput(parent, "cat /root/mark")).isEqualTo("kept");
            hub.machines.snapshot(parent.id(), "template");
            MachineSpec clone = hub.machine(32, "template", "");
            assertThat(hub.sshOutput(
                            clone, "ls -d /etc/debian_version /srv2/lab /srv/lab /root/mark 2>/dev/null || true"))
                    .isEqualTo("/root/mark\n/srv2/lab");
            assertThatThrownBy(() -> hub.machines.inject(clone.id(), MachineFault.DISK_FULL, true))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("this machine's disk has no limit of its own");
            hub.machines.destroy(parent.id());
            assertThat(hub.directory.machine(parent.id())).doesNotExist();
        }
    }
}
