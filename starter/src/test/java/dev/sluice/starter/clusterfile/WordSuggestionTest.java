package dev.sluice.starter.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordSuggestionTest {
    private static final List<String> KEYS = List.of("cluster", "domain", "region", "roles", "service");

    @ParameterizedTest
    @CsvSource({"regoin,region", "Region,region", "role,roles", "clusters,cluster", "servise,service", "domian,domain"})
    void suggestsTheNearestWord(String word, String nearest) {
        assertThat(WordSuggestion.nearest(word, KEYS)).contains(nearest);
        assertThat(WordSuggestion.suggest(word, KEYS)).endsWith(" " + nearest + "?");
    }

    @ParameterizedTest
    @CsvSource({"x", "password", "zzzzzz"})
    void listsAllWordsIfNoneIsNear(String word) {
        assertThat(WordSuggestion.nearest(word, KEYS)).isEmpty();
        assertThat(WordSuggestion.suggest(word, KEYS)).endsWith("cluster, domain, region, roles, service");
    }

    @ParameterizedTest
    @CsvSource({"'',abc,3", "abc,'',3", "abc,abc,0", "kitten,sitting,3", "abc,acb,2", "flaw,lawn,2", "saturday,sunday,3"
    })
    void countsSingleLetterEdits(String from, String to, int edits) {
        assertThat(WordSuggestion.distance(from, to)).isEqualTo(edits);
        assertThat(WordSuggestion.distance(to, from)).isEqualTo(edits);
    }

    @Test
    void suggestsNothingOfNoWords() {
        assertThat(WordSuggestion.nearest("region", List.of())).isEmpty();
    }
}
