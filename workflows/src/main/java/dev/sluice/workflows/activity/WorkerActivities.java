package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.SecretName;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;

/** The description of a worker. */
@ActivityInterface(namePrefix = "Worker.")
public interface WorkerActivities {
    /** Returns the worker that runs the activity, and whether it has those secrets. */
    WorkerFacts describe(List<SecretName> secrets);

    /**
     * Checks the file's values and recomputes its digest, which the approval of a plan names. Fails with PLAN_INVALID.
     */
    void checkFile(ClusterFile file);

    /**
     * One worker.
     *
     * @param name process and machine, such as {@code 4711@host}
     * @param hostAuthority the public key of the authority that signs host keys, as type and base64
     * @param loginKey MD5 fingerprint of the key with which the worker logs in on nodes, as DigitalOcean shows it
     * @param wrong defects of its files, a sentence each
     */
    record WorkerFacts(
            String name,
            String version,
            String java,
            Instant clock,
            String hostAuthority,
            String loginKey,
            List<String> wrong) {
        public WorkerFacts {
            wrong = List.copyOf(wrong);
        }
    }
}
