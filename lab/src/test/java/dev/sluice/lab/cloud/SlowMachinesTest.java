package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lab.fault.ApiFault;
import dev.sluice.lab.fault.LabFault;
import dev.sluice.lab.memory.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The API does not wait for slow machines, and shows their real state. */
final class SlowMachinesTest {
    private final GatedMachines machines = new GatedMachines();
    private final VirtualClock clock = new VirtualClock(TestLab.START);
    private final TestLab lab = new TestLab(machines, clock, TestLab.settings(), clock::advance);

    @AfterEach
    void close() {
        machines.creates.release(1_000);
        machines.destroys.release(1_000);
        lab.close();
    }

    @Test
    void aDropletStaysNewUntilItsMachineHasBooted() {
        TestApiClient.ReceivedResponse created = lab.api.post("/v2/droplets", TestLab.order("app-1"));
        long id = created.json().at("/droplet/id").asLong();
        clock.advance(Duration.ofHours(1));
        assertThat(lab.look(id).path("status").asText()).isEqualTo("new");
        assertThat(lab.look(id).at("/networks/v4")).isEmpty();
        assertThat(lab.api
                        .post("/v2/droplets/" + id + "/actions", "{'type':'reboot'}")
                        .status())
                .isEqualTo(422);
        machines.creates.release();
        lab.ready(created);
    }

    @Test
    void anAddressStaysTakenUntilItsMachineIsDestroyed() {
        machines.creates.release(3);
        long first = lab.droplet("app-1");
        lab.api.delete("/v2/droplets/" + first);
        assertThat(lab.api.get("/v2/droplets/" + first).status()).isEqualTo(404);
        assertThat(lab.look(lab.droplet("app-2"))
                        .at("/networks/v4/0/ip_address")
                        .asText())
                .isEqualTo("10.77.0.3");
    }

    @Test
    void aLateCreationHappensWithoutARequest() {
        machines.creates.release();
        long fault =
                lab.cloud.declareFault(LabFault.of(ApiFault.CREATE_ANSWER_LATE).withSeconds(60));
        assertThat(RawRequest.post(lab, "/v2/droplets", TestLab.order("app-1"))).isEmpty();
        assertThat(lab.cloud.timesFired(fault)).isEqualTo(1);
        assertThat(machines.creates.availablePermits()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(60));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (machines.creates.availablePermits() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(machines.creates.availablePermits()).isZero();
    }
}
