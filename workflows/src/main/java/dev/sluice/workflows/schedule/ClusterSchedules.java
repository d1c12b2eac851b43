package dev.sluice.workflows.schedule;

import dev.sluice.workflows.activity.ScheduleActivities;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterName;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Creates, updates and lists schedules. An update keeps an operator's pause and note. */
public final class ClusterSchedules implements ScheduleActivities {
    /** Jitter as a fraction of the interval, so that many clusters do not run at the same time. */
    private static final int SPREAD = 10;

    private final ScheduleClient schedules;

    public ClusterSchedules(WorkflowClient client) {
        schedules = ScheduleClient.newInstance(
                client.getWorkflowServiceStubs(),
                ScheduleClientOptions.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setIdentity(client.getOptions().getIdentity())
                        .setDataConverter(client.getOptions().getDataConverter())
                        .build());
    }

    @Override
    public List<String> set(ClusterFile file) {
        return ScheduledRunbook.ALL.stream().map(one -> set(one, file)).toList();
    }

    private String set(ScheduledRunbook one, ClusterFile file) {
        Optional<Duration> every = one.every().apply(file);
        if (every.isEmpty()) {
            return remove(one, file.name());
        }
        ScheduleActionStartWorkflow action = ScheduledStart.newAction(one, file.name())
                .setArguments(one.plan().apply(file))
                .build();
        try {
            schedules.createSchedule(
                    one.id(file.name()),
                    Schedule.newBuilder()
                            .setAction(action)
                            .setSpec(spec(every.get()))
                            .setPolicy(ScheduledStart.policy(one))
                            .build(),
                    ScheduleOptions.newBuilder()
                            .setTypedSearchAttributes(ScheduledStart.labels(file.name()))
                            .setTriggerImmediately(true)
                            .build());
            return one.name() + ": created";
        } catch (ScheduleAlreadyRunningException there) {
            renew(one, file.name(), action, every.get());
            return one.name() + ": updated";
        }
    }

    private void renew(ScheduledRunbook one, ClusterName cluster, ScheduleActionStartWorkflow action, Duration every) {
        handle(one, cluster)
                .update(there -> new ScheduleUpdate(
                        Schedule.newBuilder(there.getDescription().getSchedule())
                                .setAction(action)
                                .setSpec(spec(every))
                                .setPolicy(ScheduledStart.policy(one))
                                .build()));
    }

    private String remove(ScheduledRunbook one, ClusterName cluster) {
        try {
            handle(one, cluster).delete();
            return "%s: removed, the cluster file has no such part".formatted(one.name());
        } catch (ScheduleException failure) {
            if (isMissing(failure)) {
                return "%s: not in the cluster file".formatted(one.name());
            }
            throw failure;
        }
    }

    private static ScheduleSpec spec(Duration every) {
        return ScheduleSpec.newBuilder()
                .setIntervals(List.of(new ScheduleIntervalSpec(every)))
                .setJitter(every.dividedBy(SPREAD))
                .build();
    }

    /** Updates the parts of every schedule that are code; its arguments, interval, pause and note stay. */
    public List<String> refreshAll() {
        try (Stream<ScheduleListDescription> all = schedules.listSchedules()) {
            return all.map(ScheduleListDescription::getScheduleId)
                    .flatMap(id -> ScheduledRunbook.ALL.stream()
                            .filter(one -> id.matches(one.name() + "/[a-z][a-z0-9]{0,19}"))
                            .map(one -> refresh(
                                    one, new ClusterName(id.substring(one.name().length() + 1)))))
                    .toList();
        }
    }

    private String refresh(ScheduledRunbook one, ClusterName cluster) {
        handle(one, cluster).update(there -> {
            Schedule now = there.getDescription().getSchedule();
            ScheduleActionStartWorkflow carries = (ScheduleActionStartWorkflow) now.getAction();
            return new ScheduleUpdate(Schedule.newBuilder(now)
                    .setAction(ScheduledStart.newAction(one, cluster)
                            .setRawArguments(carries.getArguments())
                            .build())
                    .setPolicy(ScheduledStart.policy(one))
                    .build());
        });
        return one.id(cluster);
    }

    /** Returns the cluster's schedules. */
    public List<ScheduleStatus> list(ClusterName cluster) {
        return ScheduledRunbook.ALL.stream()
                .flatMap(one -> find(one, cluster).stream())
                .toList();
    }

    private Optional<ScheduleStatus> find(ScheduledRunbook one, ClusterName cluster) {
        try {
            return Optional.of(ScheduleStatus.of(one, handle(one, cluster).describe()));
        } catch (ScheduleException failure) {
            if (isMissing(failure)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Returns the handle that runs, pauses and resumes a schedule. */
    public ScheduleHandle handle(ScheduledRunbook one, ClusterName cluster) {
        return schedules.getHandle(one.id(cluster));
    }

    /** Whether the schedule does not exist: the server has three texts for it, but one code. */
    public static boolean isMissing(ScheduleException failure) {
        return failure.getCause() instanceof StatusRuntimeException status
                && status.getStatus().getCode() == Status.Code.NOT_FOUND;
    }
}
