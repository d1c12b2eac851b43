package dev.sluice.lab.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.lab.machine.MachineSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Machines whose PID 1 is systemd itself, as on a real droplet. */
@Tag("long")
final class SystemdMachinesIT {
    @Test
    void servicesAreRealUnitsAndTheMachineRebootsAndPowersOff() throws IOException {
        assumeTrue(LabDirectory.isRoot(), "Machines with systemd need root: nobody else may hand them control groups.");
        Path group;
        try (TestNamespaceHub hub = new TestNamespaceHub("s", Map.of("SLUICE_LAB_INIT", "systemd"))) {
            group = Path.of(Files.readString(hub.directory.file("group")).strip());
            assertThat(group).isDirectory();
            MachineSpec machine = hub.machine(41, BaseImage.KEY, "#!/bin/sh\necho run >>/root/runs\n");
            assertThat(hub.sshOutput(machine, "ps -o comm= -p 1")).isEqualTo("systemd");
            assertThat(hub.sshOutput(machine, "cloud-init status --wait; cat /root/runs; hostname"))
                    .isEqualTo("status: done\nrun\nweb41");
            String failed = "systemctl is-system-running --wait >/dev/null; systemctl --failed --plain --no-legend";
            assertThat(hub.sshOutput(machine, failed + " | cut -d' ' -f1"))
                    .as("what has failed: process accounting alone needs the host's root")
                    .isIn("", "acct.service");
            hub.sshOutput(machine, "systemctl enable --now apache2 && systemctl reload apache2");
            assertThat(hub.sshOutput(
                            machine, "systemctl show -p MainPID --value apache2; cat /run/apache2/apache2.pid | xargs"))
                    .matches("([0-9]+)\n\\1");
            assertThat(hub.sshOutput(machine, "journalctl -q --no-pager -u apache2 | grep -c Started"))
                    .isEqualTo("1");
            reboot(hub, machine);
            assertThat(hub.sshOutput(machine, "systemctl is-active apache2; cat /root/runs"))
                    .as("enabled services are there again, the first boot is not")
                    .isEqualTo("active\nrun");
            assertThat(hub.machines.shutdown(machine.id(), 20)).isTrue();
            hub.machines.destroy(machine.id());
        }
        assertThat(group).as("nothing is left of the control groups").doesNotExist();
    }

    // sshd still answers during a shutdown: only another PID 1 proves another boot.
    private static void reboot(TestNamespaceHub hub, MachineSpec machine) throws IOException {
        String started = "cut -d' ' -f22 /proc/1/stat";
        String before = hub.sshOutput(machine, started);
        hub.ssh(machine, "systemctl reboot");
        for (int tries = 0; tries < 200; tries++) {
            HostCommand.CommandOutcome now = hub.ssh(machine, started);
            if (now.code() == 0 && !now.output().strip().equals(before)) {
                return;
            }
        }
        throw new AssertionError("Machine %s did not boot again.".formatted(machine.name()));
    }
}
