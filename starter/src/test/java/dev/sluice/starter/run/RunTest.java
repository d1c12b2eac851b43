package dev.sluice.starter.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.run.Run.RunReference;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunTest {
    private static final String RUN_ID = "01a20498-ca7e-73d8-9af5-3c5606efa5cb";

    @Test
    void printsTheLastSixDigitsOfTheRunId() {
        assertThat(new Run("change/hello/app", RUN_ID).displayName()).isEqualTo("change/hello/app@efa5cb");
        assertThat(new Run("change/hello/app", "abc").displayName()).isEqualTo("change/hello/app@abc");
    }

    @Test
    void findsTheRunOfANodeOfAChange() {
        Run change = new Run("change/hello/app", RUN_ID);

        assertThat(change.runOfNode(Optional.of("hello-app-k3f9"))).isEqualTo(new Run("node/hello/hello-app-k3f9", ""));
        assertThat(change.runOfNode(Optional.empty())).isSameAs(change);
    }

    @ParameterizedTest
    @CsvSource({"node/hello/hello-app-k3f9", "bake/hello/app", "change", "change/a/b/c"})
    void staysItselfIfItIsNoChange(String id) {
        Run run = new Run(id, RUN_ID);

        assertThat(run.runOfNode(Optional.of("hello-app-k3f9"))).isSameAs(run);
    }

    @ParameterizedTest
    @CsvSource({
        "change/hello/app,change/hello/app,true",
        "change/hello/app@efa5cb,change/hello/app,true",
        "change/hello/app@01a20498,change/hello/app,true",
        "change/hello/app@01a20498-ca7e-73d8-9af5-3c5606efa5cb,change/hello/app,true",
        "change/hello/app@,change/hello/app,true",
        "change/hello/app@ca7e,change/hello/app,false",
        "change/hello/app@EFA5CB,change/hello/app,false",
        "odd@id@efa5cb,odd@id,true"
    })
    void acceptsAPrefixOrSuffixOfTheRunId(String text, String id, boolean matches) {
        RunReference reference = RunReference.parse(text);

        assertThat(reference.id()).isEqualTo(id);
        assertThat(reference.matches(RUN_ID)).isEqualTo(matches);
        assertThat(reference).hasToString(text);
    }
}
