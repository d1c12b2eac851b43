package dev.sluice.activities.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.conversation.HostilePeerContract;
import java.util.List;

final class ManagerExposurePeerTest implements HostilePeerContract {
    @Override
    public String firstWords() {
        return "HTTP/1.1 200 OK\r\n\r\n";
    }

    @Override
    public void talk(int port) {
        assertThat(ManagerExposure.findExposed(List.of("127.0.0.1"), port, port))
                .isEmpty();
    }
}
