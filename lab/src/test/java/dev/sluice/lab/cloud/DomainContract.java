package dev.sluice.lab.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Domains and records, and the zones that a name server reads. */
interface DomainContract extends LabContract {
    @Test
    default void aDomainStartsWithNameServersAndHasAZoneFile() {
        in(lab -> {
            TestApiClient.ReceivedResponse created =
                    lab.api.post("/v2/domains", "{'name':'hello.example','ip_address':'198.18.0.2'}");
            assertThat(created.status()).isEqualTo(201);
            assertThat(created.json().at("/domain/ttl").asInt()).isEqualTo(1800);
            assertThat(created.json().at("/domain/zone_file").asText())
                    .contains("$ORIGIN hello.example.", "hello.example. 1800 IN A 198.18.0.2");
            assertThat(total(lab, "?type=NS")).isEqualTo(3);
            assertThat(total(lab, "?type=SOA")).isEqualTo(1);
            assertThat(total(lab, "?type=A")).isEqualTo(1);
            assertThat(lab.api.post("/v2/domains", "{'name':'Hello.Example'}").status())
                    .isEqualTo(422);
            assertThat(lab.api.get("/v2/domains").json().at("/meta/total").asInt())
                    .isEqualTo(1);
        });
    }

    @Test
    default void deletesADomainWithItsRecords() {
        in(lab -> {
            domain(lab);
            assertThat(lab.api.delete("/v2/domains/hello.example").status()).isEqualTo(204);
            assertThat(lab.api.get("/v2/domains/hello.example").status()).isEqualTo(404);
            assertThat(lab.api.get("/v2/domains/hello.example/records").status())
                    .isEqualTo(404);
            assertThat(lab.api.delete("/v2/domains/hello.example").status()).isEqualTo(404);
        });
    }

    @Test
    default void acceptsTwoRecordsOfTheSameNameAndData() {
        in(lab -> {
            domain(lab);
            long one = record(lab, "{'type':'A','name':'www','data':'198.18.0.2'}");
            long two = record(lab, "{'type':'A','name':'www','data':'198.18.0.2'}");
            assertThat(one).isNotEqualTo(two);
            assertThat(total(lab, "?type=A&name=www.hello.example")).isEqualTo(2);
        });
    }

    @Test
    default void recordsAreFilteredByTypeAndFullName() {
        in(lab -> {
            domain(lab);
            record(lab, "{'type':'A','name':'www','data':'198.18.0.2','ttl':30}");
            record(lab, "{'type':'A','name':'@','data':'198.18.0.2'}");
            record(lab, "{'type':'TXT','name':'www','data':'a text','flags':null,'tag':null}");
            assertThat(total(lab, "?type=A")).isEqualTo(2);
            assertThat(total(lab, "?name=www.hello.example")).isEqualTo(2);
            assertThat(total(lab, "?type=A&name=WWW.hello.example")).isEqualTo(1);
            assertThat(total(lab, "?type=A&name=hello.example")).isEqualTo(1);
            assertThat(total(lab, "?type=A&name=www")).isZero();
        });
    }

    @Test
    default void aRecordHasADefaultTtlAndNullForUnusedFields() {
        in(lab -> {
            domain(lab);
            long id = record(lab, "{'type':'A','name':'www','data':'198.18.0.2'}");
            JsonNode record = look(lab, id);
            assertThat(record.path("ttl").asInt()).isEqualTo(1800);
            for (String field : new String[] {"priority", "port", "weight", "flags", "tag"}) {
                assertThat(record.path(field).isNull()).as(field).isTrue();
            }
        });
    }

    @Test
    default void patchAndPutChangeTheNamedFields() {
        in(lab -> {
            domain(lab);
            long id = record(lab, "{'type':'A','name':'www','data':'198.18.0.2'}");
            String path = "/v2/domains/hello.example/records/" + id;
            assertThat(lab.api.patch(path, "{'type':'A','ttl':60}").status()).isEqualTo(200);
            assertThat(look(lab, id).path("ttl").asInt()).isEqualTo(60);
            assertThat(look(lab, id).path("data").asText()).isEqualTo("198.18.0.2");
            assertThat(lab.api.put(path, "{'type':'A','data':'198.18.0.3'}").status())
                    .isEqualTo(200);
            assertThat(look(lab, id).path("data").asText()).isEqualTo("198.18.0.3");
            assertThat(look(lab, id).path("ttl").asInt()).isEqualTo(60);
            assertThat(lab.api.patch(path, "{'type':'A','data':'nowhere'}").status())
                    .isEqualTo(422);
            assertThat(look(lab, id).path("data").asText()).isEqualTo("198.18.0.3");
            assertThat(lab.api.delete(path).status()).isEqualTo(204);
            assertThat(lab.api.delete(path).status()).isEqualTo(404);
            assertThat(lab.api.patch(path, "{'type':'A','ttl':60}").status()).isEqualTo(404);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'type':'A','name':'www','data':'198.18.0.256'}|IPv4",
                "{'type':'A','name':'www','data':'x'}|IPv4",
                "{'type':'A','name':'www'}|Data",
                "{'type':'A','data':'198.18.0.2'}|Name",
                "{'type':'A','name':'w w','data':'198.18.0.2'}|hostname",
                "{'type':'A','name':'www','data':'198.18.0.2','ttl':29}|Ttl",
                "{'type':'A','name':'www','data':'198.18.0.2','ttl':'60'}|Ttl",
                "{'type':'AAAA','name':'www','data':'198.18.0.2'}|IPv6",
                "{'type':'CNAME','name':'www','data':'other'}|dot",
                "{'type':'MX','data':'mail.hello.example.'}|priority",
                "{'type':'MX','data':'mail.hello.example.','priority':-1}|priority",
                "{'type':'SOA','name':'@','data':'1800'}|SOA",
                "{'type':'PTR','name':'@','data':'x'}|record types",
                "{'name':'www','data':'198.18.0.2'}|record types",
                "{}|record types",
            })
    default void aWrongRecordIsRefused(String body, String says) {
        in(lab -> {
            domain(lab);
            int before = total(lab, "");
            TestApiClient.ReceivedResponse refused = lab.api.post("/v2/domains/hello.example/records", body);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.message()).contains(says);
            assertThat(total(lab, "")).isEqualTo(before);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'name':''}",
                "{'name':'nodot'}",
                "{'name':'-a.example'}",
                "{'name':'a b.example'}",
                "{'name':'hello.example','ip_address':'x'}"
            })
    default void aWrongDomainIsRefused(String body) {
        in(lab -> {
            assertThat(lab.api.post("/v2/domains", body).status()).isEqualTo(422);
            assertThat(lab.api.get("/v2/domains").json().at("/meta/total").asInt())
                    .isZero();
        });
    }

    @Test
    default void anAliasSharesItsNameWithNoOtherRecord() {
        in(lab -> {
            domain(lab);
            record(lab, "{'type':'A','name':'www','data':'198.18.0.2'}");
            record(lab, "{'type':'CNAME','name':'web','data':'www.hello.example.'}");
            String path = "/v2/domains/hello.example/records";
            TestApiClient.ReceivedResponse alias =
                    lab.api.post(path, "{'type':'CNAME','name':'www','data':'web.hello.example.'}");
            assertThat(alias.status()).isEqualTo(422);
            assertThat(alias.message()).isEqualTo("CNAME records cannot share a name with other records");
            assertThat(lab.api
                            .post(path, "{'type':'A','name':'web','data':'198.18.0.2'}")
                            .status())
                    .isEqualTo(422);
        });
    }

    @Test
    default void theNameServerReadsTheRecordsOfTheApi() {
        in(lab -> {
            domain(lab);
            record(lab, "{'type':'A','name':'www','data':'198.18.0.2','ttl':30}");
            record(lab, "{'type':'A','name':'app.hello.example.','data':'198.18.0.3','ttl':30}");
            record(lab, "{'type':'MX','data':'mail.hello.example.','priority':10}");
            assertThat(lab.cloud.domains()).containsExactly("hello.example");
            assertThat(lab.cloud.records("hello.example"))
                    .extracting(entry -> entry.type() + " " + entry.name() + " " + entry.data() + " " + entry.ttl())
                    .contains("A www 198.18.0.2 30", "A app 198.18.0.3 30", "MX @ 10 mail.hello.example. 1800")
                    .doesNotContain("SOA @ 1800 1800");
            assertThat(lab.cloud.records("other.example")).isEmpty();
        });
    }

    private static void domain(TestLab lab) {
        lab.api.post("/v2/domains", "{'name':'hello.example'}");
    }

    private static long record(TestLab lab, String body) {
        TestApiClient.ReceivedResponse created = lab.api.post("/v2/domains/hello.example/records", body);
        assertThat(created.status()).isEqualTo(201);
        return created.json().at("/domain_record/id").asLong();
    }

    private static JsonNode look(TestLab lab, long id) {
        return lab.api.get("/v2/domains/hello.example/records/" + id).json().path("domain_record");
    }

    private static int total(TestLab lab, String query) {
        return lab.api
                .get("/v2/domains/hello.example/records" + query)
                .json()
                .at("/meta/total")
                .asInt(-1);
    }
}
