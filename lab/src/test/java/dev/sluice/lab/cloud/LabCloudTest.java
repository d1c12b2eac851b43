package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.lab.fault.ApiFault;
import dev.sluice.lab.fault.LabFault;
import dev.sluice.lab.machine.MachineFault;
import dev.sluice.lab.machine.MachineSpec;
import dev.sluice.lab.memory.MemoryMachines;
import dev.sluice.lab.memory.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cloud's calls to its machines, and the API's view of their failures. */
final class LabCloudTest {
    private final MemoryMachines machines = new MemoryMachines();
    private final VirtualClock clock = new VirtualClock(TestLab.START);
    private final TestLab lab = new TestLab(machines, clock, TestLab.settings(), clock::advance);

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void createsTheMachineWithEveryFieldOfTheRequest() {
        lab.api.post("/v2/account/keys", "{'name':'k','public_key':'" + SshKeyContract.KEY + "'}");
        String order =
                "{'name':'app-1','region':'nyc3','size':'s-1vcpu-512mb-10gb','image':'debian-12-x64'," + "'ssh_keys':['"
                        + SshKeyContract.FINGERPRINT + "'],'user_data':'#!/bin/sh','tags':['sluice','role:app']}";
        long id = lab.ready(lab.api.post("/v2/droplets", order));
        assertThat(machines.machines())
                .containsExactly(new MachineSpec(
                        id,
                        "app-1",
                        "debian-12-x64",
                        "10.77.0.2",
                        "198.18.0.2",
                        List.of(SshKeyContract.KEY),
                        "#!/bin/sh",
                        List.of("sluice", "role:app"),
                        "nyc3",
                        10 * 1024));
    }

    @Test
    void anActionTakesAtLeastTheConfiguredTime() {
        long id = lab.api
                .post("/v2/droplets", TestLab.order("app-1"))
                .json()
                .at("/droplet/id")
                .asLong();
        clock.advance(Duration.ofMillis(149));
        assertThat(lab.look(id).path("status").asText()).isEqualTo("new");
        clock.advance(Duration.ofMillis(1));
        lab.awaitState(
                "/v2/droplets/" + id,
                json -> json.at("/droplet/status").asText().equals("active"));
        assertThat(lab.api.get("/v2/actions").json().at("/actions/0/started_at").asText())
                .isEqualTo("2026-11-22T10:00:00Z");
    }

    @Test
    void removesADropletWhoseMachineFailsToBoot() {
        machines.failCreates("app");
        TestApiClient.ReceivedResponse created = lab.api.post("/v2/droplets", TestLab.order("app-1"));
        assertThat(created.status()).isEqualTo(202);
        lab.awaitState("/v2/droplets", json -> json.at("/meta/total").asInt() == 0);
        long action = created.json().at("/links/actions/0/id").asLong();
        assertThat(lab.api
                        .get("/v2/actions/" + action)
                        .json()
                        .at("/action/status")
                        .asText())
                .isEqualTo("errored");
        assertThat(lab.look(lab.droplet("other"))
                        .at("/networks/v4/0/ip_address")
                        .asText())
                .as("an address is not given away again at once")
                .isEqualTo("10.77.0.3");
    }

    @Test
    void anIgnoredShutdownIsErroredAndLeavesTheDropletActive() {
        long id = lab.droplet("app-1");
        lab.cloud.declareFault(LabFault.of(MachineFault.SSH_FROZEN, "app-1"));
        assertThat(lab.act(id, "{'type':'shutdown'}").path("status").asText()).isEqualTo("errored");
        assertThat(lab.look(id).path("status").asText()).isEqualTo("active");
        assertThat(lab.look(id).path("locked").asBoolean()).isFalse();
        assertThat(lab.act(id, "{'type':'power_off'}").path("status").asText()).isEqualTo("completed");
    }

    @Test
    void aMachineFaultBreaksPresentAndFutureMachinesUntilItEnds() {
        long old = lab.droplet("app-old");
        long other = lab.droplet("proxy-1");
        long fault = lab.cloud.declareFault(LabFault.of(MachineFault.SLOW_DISK, "app-"));
        long later = lab.droplet("app-new");
        lab.awaitState("/v2/account", json -> machines.faults(old).contains(MachineFault.SLOW_DISK));
        assertThat(machines.faults(later)).containsExactly(MachineFault.SLOW_DISK);
        assertThat(machines.faults(other)).isEmpty();
        assertThat(lab.cloud.timesFired(fault)).isEqualTo(2);

        assertThat(lab.cloud.endFault(fault)).isTrue();
        lab.awaitState(
                "/v2/account",
                json -> machines.faults(old).isEmpty() && machines.faults(later).isEmpty());
        lab.droplet("app-newest");
        assertThat(machines.journal())
                .filteredOn(line -> line.contains("slow-disk true"))
                .hasSize(2);
    }

    @Test
    void refusesAFaultThatCannotBeInjected() {
        long id = lab.droplet("app-1");
        machines.refuseFault(MachineFault.DISK_FULL);
        TestApiClient.ReceivedResponse refused = lab.api.post("/lab/faults", "{'name':'disk-full','droplet':'app-1'}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message())
                .isEqualTo(
                        "disk-full could not be injected and was removed from all machines: Machine %d does not take disk-full."
                                .formatted(id));
        assertThat(lab.api.get("/lab/faults").json().path("faults")).isEmpty();
        assertThat(machines.faults(id)).isEmpty();
    }

    @Test
    void aNextFaultBreaksOnlyTheNextMachine() {
        long old = lab.droplet("app-1");
        TestApiClient.ReceivedResponse planned =
                lab.api.post("/lab/faults", "{'name':'slow-disk','droplet':'app','next':true}");
        assertThat(planned.json().at("/fault/fired").asInt(-1)).isZero();
        long next = lab.droplet("app-2");
        long later = lab.droplet("app-3");
        assertThat(machines.faults(old)).isEmpty();
        assertThat(machines.faults(next)).containsExactly(MachineFault.SLOW_DISK);
        assertThat(machines.faults(later)).isEmpty();
    }

    @Test
    void aMachineFaultIsInForceBeforeItsDropletIsActive() {
        lab.cloud.declareFault(
                LabFault.of(MachineFault.WRONG_PACKAGE_VERSION, "").withOccurrences(2, 1));
        long one = lab.droplet("app-1");
        long two = lab.droplet("app-2");
        long three = lab.droplet("app-3");
        assertThat(machines.faults(one)).isEmpty();
        assertThat(machines.faults(two)).containsExactly(MachineFault.WRONG_PACKAGE_VERSION);
        assertThat(machines.faults(three)).isEmpty();
    }

    @Test
    void showsAMachineWithoutPowerAsOff() {
        long id = lab.droplet("app-1");
        lab.cloud.declareFault(LabFault.of(MachineFault.OFF, "app-1"));
        lab.awaitState(
                "/v2/droplets/" + id,
                json -> json.at("/droplet/status").asText().equals("off"));
    }

    @Test
    void deletesAnImageOnlyAfterDropletsInCreationFromIt() {
        long master = lab.droplet("master");
        lab.act(master, "{'type':'snapshot','name':'gold'}");
        long image = lab.api.get("/v2/snapshots").json().at("/snapshots/0/id").asLong();
        String order = TestLab.order("clone").replace("'debian-12-x64'", Long.toString(image));
        TestApiClient.ReceivedResponse created = lab.api.post("/v2/droplets", order);
        assertThat(lab.api.delete("/v2/images/" + image).status()).isEqualTo(204);
        lab.ready(created);
        lab.awaitState("/v2/account", json -> machines.journal().contains("delete image snapshot-" + image));
        assertThat(machines.journal())
                .containsSubsequence(
                        "snapshot %d snapshot-%d".formatted(master, image),
                        "create clone",
                        "delete image snapshot-" + image);
    }

    @Test
    void concurrentCreationsKeepTheLimitAndShareNoAddress() {
        try (TestLab small =
                new TestLab(new MemoryMachines(), clock, TestLab.settings().withDropletLimit(10), clock::advance)) {
            List<Integer> statuses = IntStream.range(0, 40)
                    .parallel()
                    .mapToObj(i -> small.api
                            .post("/v2/droplets", TestLab.order("app-" + i))
                            .status())
                    .toList();
            assertThat(statuses).filteredOn(status -> status == 202).hasSize(10);
            assertThat(statuses).filteredOn(status -> status == 422).hasSize(30);
            JsonNode ready = small.awaitState(
                    "/v2/droplets?per_page=200",
                    json -> json.at("/droplets").findValuesAsText("ip_address").size() == 20);
            assertThat(ready.at("/droplets").findValuesAsText("ip_address")).doesNotHaveDuplicates();
        }
    }

    @Test
    void rejectsAFaultOfAnUnknownOperation() {
        assertThatThrownBy(() -> lab.cloud.declareFault(
                        LabFault.of(ApiFault.ERROR_BEFORE).withOperation("POST /v2/dreams")))
                .hasMessage("the lab has no operation POST /v2/dreams");
        assertThat(lab.cloud.endFault(1)).isFalse();
    }

    @Test
    void theJournalKeeps2000RequestsAndCountsAll() {
        // On plain sockets: the JDK's client may silently send a GET twice.
        for (int number = 0; number < 2003; number++) {
            assertThat(RawRequest.status(lab, "/v2/actions/" + number)).isEqualTo(404);
        }
        JsonNode journal = lab.api.get("/lab/journal").json();
        assertThat(journal.path("requests")).hasSize(2000);
        assertThat(journal.at("/requests/0/path").asText()).isEqualTo("/v2/actions/3");
        assertThat(journal.path("total").asInt()).isEqualTo(2003);
    }

    @Test
    void theAccountViewShowsAllResourcesAndCountsTowardsNoLimit() {
        lab.api.post("/v2/domains", "{'name':'look.example','ip_address':'198.18.0.9'}");
        lab.api.post("/v2/tags", "{'name':'carried-by-nobody'}");
        lab.droplet("looked-at");
        int counted = lab.api.get("/lab/journal").json().path("total").asInt();

        JsonNode account = lab.api.get("/lab/account").json();

        assertThat(account.at("/droplets/0/name").asText()).isEqualTo("looked-at");
        assertThat(account.path("tags").toString()).contains("carried-by-nobody");
        assertThat(account.path("records").toString()).contains("look.example @ A 198.18.0.9");
        assertThat(lab.api.get("/lab/journal").json().path("total").asInt()).isEqualTo(counted);
    }
}
