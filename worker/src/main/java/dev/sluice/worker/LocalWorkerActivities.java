package dev.sluice.worker;

import dev.sluice.activities.secret.SecretStore;
import dev.sluice.activities.ssh.HostCertificateAuthority;
import dev.sluice.activities.ssh.LoginKey;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.activity.WorkerActivities;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterFileCheck;
import dev.sluice.workflows.model.cluster.SecretName;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes this worker; checks its files again, since modes may have changed since its start. */
final class LocalWorkerActivities implements WorkerActivities {
    private final WorkerSettings settings;
    private final HostCertificateAuthority authority;
    private final SecretStore secrets;
    private final Clock clock;

    LocalWorkerActivities(
            WorkerSettings settings, HostCertificateAuthority authority, SecretStore secrets, Clock clock) {
        this.settings = settings;
        this.authority = authority;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** The version in the jar's manifest. */
    static String version() {
        String version = version(LocalWorkerActivities.class.getPackage());
        return version == null ? "from-class-files" : version;
    }

    private static @Nullable String version(Package ours) {
        return ours.getImplementationVersion();
    }

    @Override
    public WorkerFacts describe(List<SecretName> named) {
        List<String> wrong = new ArrayList<>(privateFiles());
        named.forEach(name -> noteIfMissing(name, wrong));
        return new WorkerFacts(
                ManagementFactory.getRuntimeMXBean().getName(),
                version(),
                System.getProperty("java.version", ""),
                clock.instant(),
                authority.publicKey(),
                loginKey(wrong),
                wrong);
    }

    @Override
    public void checkFile(ClusterFile file) {
        List<String> wrong = ClusterFileCheck.findErrors(file);
        if (!wrong.isEmpty()) {
            throw TypedFailures.of(FailureType.PLAN_INVALID, String.join("; ", wrong));
        }
    }

    private List<String> privateFiles() {
        PrivateFileCheck files = new PrivateFileCheck();
        files.check("SLUICE_SSH_KEY", settings.sshKey(), 1);
        files.check("SLUICE_HOST_CA", settings.hostAuthority(), 1);
        files.check("SLUICE_FIRST_CONTACT_SECRET", settings.firstContact(), 32);
        return files.errors();
    }

    private void noteIfMissing(SecretName name, List<String> wrong) {
        try {
            secrets.read(name);
        } catch (ApplicationFailure missing) {
            wrong.add(missing.getOriginalMessage());
        }
    }

    private String loginKey(List<String> wrong) {
        try {
            return LoginKey.fingerprint(Files.readString(settings.sshKey()));
        } catch (IOException | IllegalArgumentException unreadable) {
            wrong.add("SLUICE_SSH_KEY: %s cannot be used: %s".formatted(settings.sshKey(), unreadable.getMessage()));
            return "";
        }
    }
}
