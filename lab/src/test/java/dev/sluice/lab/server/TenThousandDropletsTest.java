package dev.sluice.lab.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.account.VisibilityDelays;
import dev.sluice.lab.cloud.LabCloud;
import dev.sluice.lab.memory.MemoryMachines;
import dev.sluice.lab.memory.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ten thousand droplets in virtual time, without HTTP, which would take most of the run. */
final class TenThousandDropletsTest {
    private static final int MANY = 10_000;

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final MemoryMachines machines = new MemoryMachines();
    private final LabSettings settings = LabSettings.of("lab-token")
            .withRequests(1_000_000, 1_000_000, 1_000)
            .withDropletLimit(MANY)
            .withDelays(VisibilityDelays.HARSH)
            .withActionMillis(600_000);
    private final LabCloud cloud = new LabCloud(machines, clock, settings, Runnable::run);
    private final ApiRouter desk = new ApiRouter(cloud, new RequestJournal());

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void tenThousandDropletsLiveForAnHourOfVirtualTime() {
        long began = System.nanoTime();
        for (int order = 0; order < MANY / 10; order++) {
            ask("POST", "/v2/droplets", "", order(order));
        }
        assertThat(total("name=a-999-9")).as("not seen yet").isZero();
        clock.advance(Duration.ofMinutes(10));
        assertThat(total("")).isEqualTo(MANY);
        JsonNode last = ask("GET", "/v2/droplets", "name=a-999-9", "").at("/droplets/0");
        assertThat(last.path("status").asText()).isEqualTo("active");
        clock.advance(Duration.ofSeconds(2));

        JsonNode off = ask("POST", "/v2/droplets/actions", "tag_name=app", "{\"type\":\"power_off\"}");
        assertThat(off.path("actions")).hasSize(MANY);
        clock.advance(Duration.ofMinutes(10));
        JsonNode stopped = ask("GET", "/v2/droplets", "name=a-0-0", "").at("/droplets/0");
        assertThat(stopped.path("status").asText()).isEqualTo("off");
        assertThat(stopped.at("/networks/v4")).hasSize(2);
        JsonNode address = ask("GET", "/v2/droplets", "name=a-999-9", "").at("/droplets/0/networks/v4/0/ip_address");
        assertThat(address.asText()).isEqualTo("10.77.39.251");

        ask("DELETE", "/v2/droplets", "tag_name=app", "");
        clock.advance(Duration.ofMinutes(40));
        assertThat(total("")).isZero();
        assertThat(machines.machines()).isEmpty();
        System.out.printf(
                "%d droplets, an hour of their cloud's time: %d ms%n", MANY, (System.nanoTime() - began) / 1_000_000);
    }

    private int total(String query) {
        return ask("GET", "/v2/droplets", query, "").at("/meta/total").asInt(-1);
    }

    private JsonNode ask(String method, String path, String query, String body) {
        HttpReply reply = desk.handle(new LabRequest(method, path, query, settings.token(), body, "http://lab", false));
        assertThat(reply.status()).as(reply.body()).isLessThan(300);
        try {
            return new ObjectMapper().readTree(reply.body());
        } catch (JsonProcessingException failure) {
            throw new AssertionError(reply.body(), failure);
        }
    }

    private static String order(int number) {
        String names = IntStream.range(0, 10)
                .mapToObj(place -> "\"a-" + number + "-" + place + "\"")
                .collect(Collectors.joining(","));
        return "{\"names\":[" + names
                + "],\"region\":\"fra1\",\"size\":\"s-1vcpu-1gb\",\"image\":\"debian-12-x64\",\"tags\":[\"app\"]}";
    }
}
