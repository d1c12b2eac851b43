package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LicenceTextTest {
    @Test
    void beginsWithTheHolderWhereTheLicenceRequiresIt() throws IOException {
        assertThat(new LicenceText().find("tally-core", "MIT").orElseThrow())
                .startsWith("Copyright (c) 2017 Uber Technologies, Inc.\n\nPermission is hereby granted");
    }

    @Test
    void hasNoTextWithoutARequiredHolder() throws IOException {
        assertThat(new LicenceText().find("somebody-elses", "MIT")).isEmpty();
    }

    @Test
    void usesOneTextForEveryJarOtherwise() throws IOException {
        assertThat(new LicenceText().find("somebody-elses", "Apache-2.0"))
                .isPresent()
                .isEqualTo(new LicenceText().find("gson", "Apache-2.0"));
    }

    @Test
    void hasNoTextForAnUnknownLicence() throws IOException {
        assertThat(new LicenceText().find("gson", "The Licence of Somebody")).isEmpty();
    }
}
