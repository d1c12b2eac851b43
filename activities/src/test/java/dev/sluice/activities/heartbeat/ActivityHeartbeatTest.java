package dev.sluice.activities.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activities.ssh.CommandResult;
import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.activities.ssh.Shell;
import io.temporal.client.ActivityCanceledException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ActivityHeartbeatTest {
    private static final Duration PACE = Duration.ofMillis(10);
    private final Semaphore beats = new Semaphore(0);

    @Test
    void it_beats_while_a_command_runs() throws Exception {
        try (ActivityHeartbeat heartbeats = beating(beats::release)) {
            Shell shell = shell((command, limit) -> new CommandResult(waited(5), "", ""))
                    .withHeartbeat(heartbeats);
            assertThat(shell.run(RemoteCommand.of("true"), Duration.ofSeconds(10))
                            .succeeded())
                    .isTrue();
        }
    }

    @Test
    @Timeout(30)
    void it_is_silent_before_there_is_a_deadline_and_after_it() throws Exception {
        try (ActivityHeartbeat heartbeats = beating(beats::release)) {
            assertThat(beats.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
            heartbeats.beatFor(Duration.ofMillis(50));
            int heard = 0;
            while (beats.tryAcquire(300, TimeUnit.MILLISECONDS)) {
                heard++;
            }
            assertThat(heard).isPositive();
        }
    }

    @Test
    void an_activity_that_was_cancelled_learns_it_before_its_next_command() throws Exception {
        Runnable cancelled = () -> {
            beats.release();
            throw new ActivityCanceledException();
        };
        try (ActivityHeartbeat heartbeats = beating(cancelled)) {
            heartbeats.beatFor(Duration.ofSeconds(10));
            Shell shell =
                    shell((command, limit) -> new CommandResult(0, "", "")).withHeartbeat(heartbeats);
            assertThatThrownBy(() -> shell.run(RemoteCommand.of("true"), Duration.ofSeconds(1)))
                    .isInstanceOf(ActivityCanceledException.class);
            assertThat(beats.availablePermits()).isEqualTo(1);
        }
    }

    @Test
    void outside_an_activity_there_is_nothing_to_tell() {
        try (ActivityHeartbeat heartbeats = ActivityHeartbeat.start()) {
            Shell shell =
                    shell((command, limit) -> new CommandResult(3, "", "")).withHeartbeat(heartbeats);
            assertThat(shell.run(RemoteCommand.of("true"), Duration.ofSeconds(1))
                            .exit())
                    .isEqualTo(3);
        }
    }

    private static ActivityHeartbeat beating(Runnable told) {
        return new TemporalHeartbeat(kept -> told.run(), false, Optional.empty(), Duration.ofNanos(-1), PACE);
    }

    private static Shell shell(Shell shell) {
        return shell;
    }

    private int waited(int times) {
        try {
            return beats.tryAcquire(times, 5, TimeUnit.SECONDS) ? 0 : 1;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
