package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LicenceTextTest {
    @Test
    void aLicenceThatWantsItsHolderCopiedBeginsWithTheHolder() throws IOException {
        assertThat(new LicenceText().find("tally-core", "MIT").orElseThrow())
                .startsWith("Copyright (c) 2017 Uber Technologies, Inc.\n\nPermission is hereby granted");
    }

    @Test
    void withoutAKnownHolderSuchALicenceHasNoText() throws IOException {
        assertThat(new LicenceText().find("somebody-elses", "MIT")).isEmpty();
    }

    @Test
    void theOthersAreTheSameForEveryJar() throws IOException {
        assertThat(new LicenceText().find("somebody-elses", "Apache-2.0"))
                .isPresent()
                .isEqualTo(new LicenceText().find("gson", "Apache-2.0"));
    }

    @Test
    void aLicenceThatIsNotKnownHasNoText() throws IOException {
        assertThat(new LicenceText().find("gson", "The Licence of Somebody")).isEmpty();
    }
}
