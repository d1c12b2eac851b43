package dev.sluice.lab.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lab.machine.MachineFault;
import org.junit.jupiter.api.Test;

final class FaultTest {
    @Test
    void anUnknownFaultNamesAllThatThereAre() {
        assertThatThrownBy(() -> new Fault("flood", "", "", 1, 1, 0, false))
                .hasMessageContaining("there is no fault flood")
                .hasMessageContaining("create-answer-lost")
                .hasMessageContaining("wrong-package-version");
    }

    @Test
    void aMachineFaultStrikesNoOperation() {
        assertThatThrownBy(() -> Fault.of(MachineFault.OFF, "app").on("GET"))
                .hasMessageContaining("strikes no operation");
    }

    @Test
    void aFaultOfRequestsStrikesOnceAndItsOwnOperationUnlessToldOtherwise() {
        var fault = Fault.of(ApiFault.DELETE_FAILS).droplet("app").from(2, 3);
        assertThat(fault).isEqualTo(new Fault("delete-fails", "DELETE /v2/droplets/{droplet}", "app", 2, 3, 0, false));
        assertThat(Fault.of(ApiFault.TOO_MANY_REQUESTS).seconds(9).seconds()).isEqualTo(9);
    }

    @Test
    void onlyMachinesHaveANextOne() {
        assertThat(Fault.ofNext(MachineFault.OFF, "app")).isEqualTo(new Fault("off", "", "app", 1, 1, 0, true));
        assertThatThrownBy(() -> new Fault("error-before", "", "", 1, 1, 0, true))
                .hasMessageContaining("next");
    }

    @Test
    void countsBelowTheirLeastAreRefused() {
        assertThatThrownBy(() -> Fault.of(ApiFault.ERROR_AFTER).from(0, 1)).hasMessageContaining("nth");
        assertThatThrownBy(() -> Fault.of(ApiFault.ERROR_AFTER).from(1, -1)).hasMessageContaining("times");
        assertThatThrownBy(() -> Fault.of(ApiFault.ERROR_AFTER).seconds(-1)).hasMessageContaining("seconds");
    }
}
