package dev.sluice.activities.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.ssh.Command;
import org.junit.jupiter.api.Test;

final class InspectionTest {
    @Test
    void everything_is_asked_in_one_command_with_values_as_words() {
        Case given = Cases.good();
        Command command = Inspection.full(given.order(), given.files());
        assertThat(command.line())
                .isEqualTo("sh -s -- private:10.0.0.1 timing: full: proc:apache2 closed:198.18.0.1:8080"
                        + " http:http:8080:2000:www.hello.example:/health cert:/etc/sluice/tls/site.pem file:/srv/x");
        assertThat(command.stdin()).endsWith("main \"$@\" </dev/null\n");
    }

    @Test
    void siblings_are_asked_for_facts_only() {
        assertThat(Inspection.facts().line()).isEqualTo("sh -s -- timing:");
        assertThat(Inspection.facts().stdin())
                .isEqualTo(Inspection.full(Cases.good().order(), Cases.good().files())
                        .stdin());
    }
}
