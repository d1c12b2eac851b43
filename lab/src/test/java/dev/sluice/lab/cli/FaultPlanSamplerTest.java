package dev.sluice.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class FaultPlanSamplerTest {
    private static final String OPEN = "{'name': ['error-before', 'error-after'], 'operation': ['GET', 'DELETE'],"
            + " 'nth': {'from': 2, 'to': 4}, 'times': 3}";

    @Test
    void oneSeedDrawsTheSameForAnyOrderOfFields() {
        String turned = "{'times': 3, 'nth': {'from': 2, 'to': 4}, 'operation': ['GET', 'DELETE'],"
                + " 'name': ['error-before', 'error-after']}";
        for (long seed = 0; seed < 20; seed++) {
            assertThat(new FaultPlanSampler(seed).draw(read(OPEN)))
                    .isEqualTo(new FaultPlanSampler(seed).draw(read(turned)));
        }
    }

    @Test
    void manySeedsDrawExactlyTheListedValues() {
        assertThat(drawn("name")).containsExactlyInAnyOrder("error-before", "error-after");
        assertThat(drawn("operation")).containsExactlyInAnyOrder("GET", "DELETE");
        assertThat(drawn("nth")).containsExactlyInAnyOrder("2", "3", "4");
        assertThat(drawn("times")).containsExactly("3");
    }

    @Test
    void drawsTheFaultsOfAPlanInSequence() {
        FaultPlanSampler dice = new FaultPlanSampler(1);
        List<JsonNode> faults =
                LongStream.range(0, 40).mapToObj(time -> dice.draw(read(OPEN))).toList();
        assertThat(Set.copyOf(faults)).hasSizeGreaterThan(4);
    }

    @Test
    void rejectsADescendingRangeAndPassesUnknownFieldsOn() {
        assertThat(new FaultPlanSampler(1).draw(read("'rubbish'"))).isEqualTo(read("'rubbish'"));
        assertThatThrownBy(() -> new FaultPlanSampler(1).draw(read("{'nth': {'from': 3, 'to': 2}}")))
                .hasMessageContaining("from 3 to 2");
    }

    private static Set<String> drawn(String field) {
        return LongStream.range(0, 100)
                .mapToObj(seed ->
                        new FaultPlanSampler(seed).draw(read(OPEN)).path(field).asText())
                .collect(Collectors.toSet());
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json.replace('\'', '"'));
        } catch (IOException broken) {
            throw new IllegalArgumentException(broken);
        }
    }
}
