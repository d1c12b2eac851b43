package dev.sluice.worker;

import dev.sluice.workflows.schedule.ClusterSchedules;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The Spring configuration of the worker. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WorkerConfiguration {
    @Bean(destroyMethod = "close")
    TemporalConnection temporalConnection(MeterRegistry meters) throws IOException {
        TemporalConnection connection = TemporalConnection.open(meters);
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setChannel(connection.stubs().getRawChannel())
                .validateAndBuildWithDefaults());
        new SearchAttributeCheck(operator, connection.namespace()).ensure();
        return connection;
    }

    @Bean(destroyMethod = "close")
    ActivityWiring hands(WorkerSettings settings, MeterRegistry meters) throws IOException {
        return ActivityWiring.open(settings, meters, Clock.systemUTC());
    }

    /** Updates the start arguments of all schedules, since this worker may be newer. Their cluster files stay. */
    @Bean
    ClusterSchedules schedules(TemporalConnection connection) {
        ClusterSchedules schedules = new ClusterSchedules(connection.client());
        schedules.refreshAll();
        return schedules;
    }

    @Bean(destroyMethod = "")
    WorkerFactory workerFactory(
            TemporalConnection connection, ActivityWiring hands, ClusterSchedules schedules, ActivitySlots slots) {
        List<Object> activities = new ArrayList<>(hands.activities());
        activities.add(new TemporalRunActivities(connection.client()));
        activities.add(schedules);
        return WorkerRegistration.register(connection.client(), activities, slots);
    }

    @Bean
    ActivitySlots activitySlots(MeterRegistry meters) {
        ActivitySlots slots = new ActivitySlots(Clock.systemUTC());
        Gauge.builder("sluice.activities.stuck", slots, all -> all.stuck().size())
                .description("Activities that have outlived their time limit")
                .register(meters);
        Gauge.builder(
                        "sluice.activities.oldest.seconds",
                        slots,
                        all -> all.oldest().toSeconds())
                .description("How long the oldest activity has run")
                .register(meters);
        return slots;
    }

    @Bean
    HealthIndicator slots(ActivitySlots slots) {
        return new SlotHealth(slots, WorkerRegistration.ACTIVITIES_AT_ONCE, Clock.systemUTC());
    }

    @Bean
    WorkerLifecycle drain(WorkerFactory factory) {
        return new WorkerLifecycle(factory);
    }

    @Bean
    HealthIndicator temporal(TemporalConnection connection) {
        return new TemporalHealth(connection.stubs());
    }
}
