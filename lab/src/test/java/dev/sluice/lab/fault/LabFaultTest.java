package dev.sluice.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lab.machine.MachineFault;
import org.junit.jupiter.api.Test;

final class LabFaultTest {
    @Test
    void rejectsAnUnknownFaultWithTheNamesOfAll() {
        assertThatThrownBy(() -> new LabFault("flood", "", "", 1, 1, 0, false))
                .hasMessageContaining("there is no fault flood")
                .hasMessageContaining("create-answer-lost")
                .hasMessageContaining("wrong-package-version");
    }

    @Test
    void aMachineFaultStrikesNoOperation() {
        assertThatThrownBy(() -> LabFault.of(MachineFault.OFF, "app").withOperation("GET"))
                .hasMessageContaining("strikes no operation");
    }

    @Test
    void aRequestFaultStrikesItsOperationOnceByDefault() {
        LabFault fault = LabFault.of(ApiFault.DELETE_FAILS).withDroplet("app").withOccurrences(2, 3);
        assertThat(fault)
                .isEqualTo(new LabFault("delete-fails", "DELETE /v2/droplets/{droplet}", "app", 2, 3, 0, false));
        assertThat(LabFault.of(ApiFault.TOO_MANY_REQUESTS).withSeconds(9).seconds())
                .isEqualTo(9);
    }

    @Test
    void onlyMachineFaultsCanBeForTheNextMachine() {
        assertThat(LabFault.ofNext(MachineFault.OFF, "app")).isEqualTo(new LabFault("off", "", "app", 1, 1, 0, true));
        assertThatThrownBy(() -> new LabFault("error-before", "", "", 1, 1, 0, true))
                .hasMessageContaining("next");
    }

    @Test
    void rejectsCountsBelowTheirMinimum() {
        assertThatThrownBy(() -> LabFault.of(ApiFault.ERROR_AFTER).withOccurrences(0, 1))
                .hasMessageContaining("nth");
        assertThatThrownBy(() -> LabFault.of(ApiFault.ERROR_AFTER).withOccurrences(1, -1))
                .hasMessageContaining("times");
        assertThatThrownBy(() -> LabFault.of(ApiFault.ERROR_AFTER).withSeconds(-1))
                .hasMessageContaining("seconds");
    }
}
